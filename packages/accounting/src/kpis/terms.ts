import { ZERO } from '../numbers/exact.ts';

/** A remark about figures for their reader. */
export type Flag =
  /** Scheduled time without any fact that says whether the line was busy. */
  | 'unassigned_time'
  /** A closed batch with no count, scrap or total. */
  | 'uncounted_batch'
  /** P > 1 on a closed batch as a whole. */
  | 'performance_above_1'
  /** A closed batch needed less running time than its ideal cycle allows: the standard is wrong. */
  | 'standard_beaten'
  /** Units outside of their batch's busy time. They are in no KPI. */
  | 'unplaced_units'
  /** Good units were counted in a stop, later than late units come. */
  | 'units_inside_stop'
  /** Other batches ended a batch, before its own end was reported. */
  | 'batch_cut_by_next'
  /** A batch made more units than its material input. */
  | 'negative_yield'
  /** The ideal cycle of some units is not known. */
  | 'ideal_cycle_unknown';

/**
 * The additive terms of every KPI (ISO 22400-2 element names in brackets). Times in milliseconds; `ideal_*` and
 * counts are decimal strings. Add terms, then divide.
 */
export interface Terms {
  /** Calendar time (CT): the window, cut at now. */
  readonly calendar_ms: number;
  /** Planned operation time (POT): scheduled shift time less excluded stops. */
  readonly pot_ms: number;
  /** Planned busy time (PBT). */
  readonly pbt_ms: number;
  /** Actual production time (APT); contains the micro-stops. */
  readonly apt_ms: number;
  readonly planned_stop_ms: number;
  /** Actual down time (ADOT): unplanned stops at or over the threshold. */
  readonly unplanned_stop_ms: number;
  /** Actual unit setup time (AUST). */
  readonly changeover_ms: number;
  /** Actual delay time (ADET): starved and blocked. */
  readonly delay_ms: number;
  readonly ramp_up_ms: number;
  readonly micro_stop_ms: number;
  readonly excluded_ms: number;
  readonly unassigned_ms: number;
  /** Running time of closed batches without any counts. */
  readonly uncounted_ms: number;
  /** Σ PRI·PQ. */
  readonly ideal_total_ms: string;
  /** Σ PRI·GQ. */
  readonly ideal_good_ms: string;
  /** Produced quantity (PQ). */
  readonly total_count: string;
  /** Good quantity (GQ). */
  readonly good_count: string;
  /** Production scrap (SQ). */
  readonly scrap_count: string;
  readonly startup_scrap_count: string;
  /** Rework and downgrade (RQ). */
  readonly rework_count: string;
  /** Units in no KPI, because they are outside of their batch's busy time. */
  readonly unplaced_count: string;
  readonly flags: readonly Flag[];
}

/** The names of the terms that are times, in milliseconds. */
export const TERM_TIMES = [
  'calendar_ms',
  'pot_ms',
  'pbt_ms',
  'apt_ms',
  'planned_stop_ms',
  'unplanned_stop_ms',
  'changeover_ms',
  'delay_ms',
  'ramp_up_ms',
  'micro_stop_ms',
  'excluded_ms',
  'unassigned_ms',
  'uncounted_ms',
] as const satisfies readonly (keyof Terms)[];

/** The names of the terms that are decimals. */
export const TERM_DECIMALS = [
  'ideal_total_ms',
  'ideal_good_ms',
  'total_count',
  'good_count',
  'scrap_count',
  'startup_scrap_count',
  'rework_count',
  'unplaced_count',
] as const satisfies readonly (keyof Terms)[];

/** The neutral element of `addTerms`. */
export const noTerms: Terms = {
  calendar_ms: 0,
  pot_ms: 0,
  pbt_ms: 0,
  apt_ms: 0,
  planned_stop_ms: 0,
  unplanned_stop_ms: 0,
  changeover_ms: 0,
  delay_ms: 0,
  ramp_up_ms: 0,
  micro_stop_ms: 0,
  excluded_ms: 0,
  unassigned_ms: 0,
  uncounted_ms: 0,
  ideal_total_ms: '0',
  ideal_good_ms: '0',
  total_count: '0',
  good_count: '0',
  scrap_count: '0',
  startup_scrap_count: '0',
  rework_count: '0',
  unplaced_count: '0',
  flags: [],
};

/** Adds the terms of lines, products, shifts, days or windows. Terms can be added, percentages cannot. */
export function addTerms(...all: readonly Terms[]): Terms {
  const times = TERM_TIMES.map((name) => [name, all.reduce((total, terms) => total + terms[name], 0)] as const);
  const decimals = TERM_DECIMALS.map((name) => {
    const total = all.reduce((running, terms) => running.plus(terms[name]), ZERO);
    return [name, total.toFixed()] as const;
  });
  const flags = [...new Set(all.flatMap((terms) => terms.flags))].sort();
  return { ...noTerms, ...Object.fromEntries(times), ...Object.fromEntries(decimals), flags };
}
