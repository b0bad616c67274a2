import { exact } from '../numbers/exact.ts';
import { MS_PER_MINUTE } from '../numbers/money.ts';
import type { Flag, Terms } from './terms.ts';

/** The terms in the units of an answer: minutes and counts. */
export interface TermsInMinutes {
  readonly calendar_minutes: number;
  readonly pot_minutes: number;
  readonly pbt_minutes: number;
  readonly apt_minutes: number;
  readonly planned_stop_minutes: number;
  readonly unplanned_stop_minutes: number;
  readonly changeover_minutes: number;
  readonly delay_minutes: number;
  readonly ramp_up_minutes: number;
  readonly micro_stop_minutes: number;
  readonly excluded_minutes: number;
  readonly unassigned_minutes: number;
  readonly uncounted_minutes: number;
  readonly ideal_minutes_total: number;
  readonly ideal_minutes_good: number;
  readonly total_count: number;
  readonly good_count: number;
}

/** Fractions, not percentages; null where undefined. */
export interface Kpis {
  readonly availability: number | null;
  readonly performance: number | null;
  readonly quality: number | null;
  readonly oee: number | null;
  readonly ooe: number | null;
  readonly teep: number | null;
  readonly flags: readonly Flag[];
  readonly terms: TermsInMinutes;
}

/**
 * ISO 22400-2: availability = APT / PBT, effectiveness (performance) = Σ PRI·PQ / APT, quality = Σ PRI·GQ / Σ PRI·PQ,
 * OEE = Σ PRI·GQ / PBT. OOE divides by POT, TEEP by calendar time. Values are never clamped. In a
 * window with uncounted batches only, the units are unknown, so all figures except availability are null.
 */
export function kpis(terms: Terms): Kpis {
  const uncounted =
    terms.uncounted_ms > 0 &&
    terms.uncounted_ms === terms.apt_ms - terms.micro_stop_ms &&
    exact(terms.total_count).isZero();
  const made = (over: string | number, under: string | number): number | null =>
    uncounted ? null : ratio(over, under);
  return {
    availability: ratio(terms.apt_ms, terms.pbt_ms),
    performance: made(terms.ideal_total_ms, terms.apt_ms),
    quality: made(terms.ideal_good_ms, terms.ideal_total_ms),
    oee: made(terms.ideal_good_ms, terms.pbt_ms),
    ooe: made(terms.ideal_good_ms, terms.pot_ms),
    teep: made(terms.ideal_good_ms, terms.calendar_ms),
    flags: terms.flags,
    terms: inMinutes(terms),
  };
}

/** Ratios of quantities (ISO 22400-2): scrap SQ/PQ, rework RQ/PQ, first pass yield = good first time / PQ. */
export function unitRatios(terms: Terms): {
  scrap_ratio: number | null;
  rework_ratio: number | null;
  first_pass_yield: number | null;
} {
  return {
    scrap_ratio: ratio(exact(terms.scrap_count).plus(terms.startup_scrap_count).toFixed(), terms.total_count),
    rework_ratio: ratio(terms.rework_count, terms.total_count),
    first_pass_yield: ratio(terms.good_count, terms.total_count),
  };
}

/** Unplanned downtime of the overview: ADOT + ADET + micro-stops, in minutes. */
export function downtimeMinutes(terms: Terms): number {
  return minutes(terms.unplanned_stop_ms + terms.delay_ms + terms.micro_stop_ms);
}

function ratio(over: string | number, under: string | number): number | null {
  const divisor = exact(under);
  return divisor.lte(0) ? null : exact(over).div(divisor).toNumber();
}

function minutes(ms: string | number): number {
  return exact(ms).div(MS_PER_MINUTE).toNumber();
}

function inMinutes(terms: Terms): TermsInMinutes {
  return {
    calendar_minutes: minutes(terms.calendar_ms),
    pot_minutes: minutes(terms.pot_ms),
    pbt_minutes: minutes(terms.pbt_ms),
    apt_minutes: minutes(terms.apt_ms),
    planned_stop_minutes: minutes(terms.planned_stop_ms),
    unplanned_stop_minutes: minutes(terms.unplanned_stop_ms),
    changeover_minutes: minutes(terms.changeover_ms),
    delay_minutes: minutes(terms.delay_ms),
    ramp_up_minutes: minutes(terms.ramp_up_ms),
    micro_stop_minutes: minutes(terms.micro_stop_ms),
    excluded_minutes: minutes(terms.excluded_ms),
    unassigned_minutes: minutes(terms.unassigned_ms),
    uncounted_minutes: minutes(terms.uncounted_ms),
    ideal_minutes_total: minutes(terms.ideal_total_ms),
    ideal_minutes_good: minutes(terms.ideal_good_ms),
    total_count: exact(terms.total_count).toNumber(),
    good_count: exact(terms.good_count).toNumber(),
  };
}
