import type { BatchRun } from '../time/batch-runs.ts';
import type { State } from '../time/claims.ts';
import { ZERO, type Decimal } from '../numbers/exact.ts';
import type { Interval, LineFacts, Stop } from '../facts.ts';
import { idealMs, inRampUp, layOut, quantityOf, type LaidCell, type LaidUnits, type Layout } from '../time/layout.ts';
import type { RejectKind } from '../postings/losses.ts';
import { isBusy } from '../time/timeline.ts';
import { addTerms, noTerms, type Flag, type Terms } from './terms.ts';

/** The machine time of six loss categories (yield has none), decimal milliseconds as strings. */
export interface Legs {
  readonly downtime_loss: string;
  readonly changeover_loss: string;
  readonly speed_loss: string;
  readonly scrap_loss: string;
  readonly quality_loss: string;
  readonly startup_loss: string;
}

/** One cell of the ladder: line × local day × shift × batch (or none). PBT = good + the six legs + unposted. */
export interface Cell extends Interval {
  readonly key: string;
  readonly local_date: string;
  readonly business_date: string;
  readonly shift_key: string | null;
  readonly batch_id: string | null;
  readonly product_id: string | null;
  readonly terms: Terms;
  /** The machine time that the ledger should have. */
  readonly legs: Legs;
  /** Busy time whose postings are not due yet or never will be, decimal milliseconds. */
  readonly unposted_ms: string;
}

/** The cells of a window, cut at now. */
export function cellsOf(facts: LineFacts, window: Interval, now: number): Cell[] {
  const layout = layOut(facts, window, now);
  const stops = new Map(facts.stops.map((stop) => [stop.id, stop]));
  const fast = runsAboveStandard(layout);
  return layout.cells.map((cell) => {
    const uncounted = cell.run !== undefined && layout.units.uncounted.has(cell.run);
    const own = termsOfCell(cell, uncounted, cell.run !== undefined && fast.has(cell.run));
    const terms = layout.with_units_in_stops.has(cell.key) ? withFlag(own, 'units_inside_stop') : own;
    const { first } = cell;
    return {
      key: cell.key,
      from: first.from,
      to: cell.pieces.at(-1)?.to ?? first.to,
      local_date: first.local_date,
      business_date: first.business_date,
      shift_key: first.shift_key,
      batch_id: first.batch_id,
      product_id: cell.run?.batch.product_id ?? null,
      terms,
      ...legsOfCell(cell, terms, uncounted, stops),
    };
  });
}

const withFlag = (terms: Terms, flag: Flag): Terms => ({ ...terms, flags: [...terms.flags, flag].sort() });

/** The additive terms of a window, cut at now. */
export function termsOf(facts: LineFacts, window: Interval, now: number): Terms {
  return addTerms(...cellsOf(facts, window, now).map((cell) => cell.terms));
}

/** The terms of one laid cell. */
export function termsOfCell(cell: LaidCell, uncounted: boolean, fast: boolean): Terms {
  const ms = (...states: State[]): number => timeIn(cell, (state) => states.includes(state));
  const unitsOf = (kind: LaidUnits['kind']): LaidUnits[] =>
    cell.units.filter((unit) => unit.kind === kind && unit.where === 'counted');
  const made = cell.units.filter((unit) => unit.where === 'counted');
  const unplaced = cell.units.filter((unit) => unit.where === 'unplaced');
  const calendar_ms = ms(...ALL_STATES);
  const pot_ms = calendar_ms - ms('no_shift', 'excluded');
  const flags: Flag[] = [];
  if (ms('unassigned') > 0) flags.push('unassigned_time');
  if (uncounted && ms('running') > 0) flags.push('uncounted_batch');
  if (fast) flags.push('performance_above_1');
  if (unplaced.length > 0) flags.push('unplaced_units');
  if (cell.run?.cut === true) flags.push('batch_cut_by_next');
  if (made.some((unit) => unit.cycle_ms.isZero())) flags.push('ideal_cycle_unknown');
  return {
    ...noTerms,
    calendar_ms,
    pot_ms,
    pbt_ms: timeIn(cell, isBusy),
    apt_ms: ms('running', 'micro_stop'),
    planned_stop_ms: ms('planned_stop'),
    unplanned_stop_ms: ms('stop'),
    changeover_ms: ms('changeover'),
    delay_ms: ms('delay'),
    ramp_up_ms: ms('ramp_up'),
    micro_stop_ms: ms('micro_stop'),
    excluded_ms: ms('excluded'),
    unassigned_ms: ms('unassigned'),
    uncounted_ms: uncounted ? ms('running') : 0,
    ideal_total_ms: idealMs(made).toFixed(),
    ideal_good_ms: idealMs(unitsOf('good')).toFixed(),
    total_count: quantityOf(made).toFixed(),
    good_count: quantityOf(unitsOf('good')).toFixed(),
    scrap_count: quantityOf(unitsOf('scrap')).toFixed(),
    startup_scrap_count: quantityOf(unitsOf('startup')).toFixed(),
    rework_count: quantityOf(unitsOf('rework')).toFixed(),
    unplaced_count: quantityOf(unplaced).toFixed(),
    flags: flags.sort(),
  };
}

const ALL_STATES: readonly State[] = [
  'no_shift',
  'excluded',
  'planned_stop',
  'changeover',
  'ramp_up',
  'stop',
  'delay',
  'micro_stop',
  'running',
  'unassigned',
];

function timeIn(cell: LaidCell, wanted: (state: State) => boolean): number {
  return cell.pieces.reduce((total, piece) => (wanted(piece.state) ? total + piece.to - piece.from : total), 0);
}

const STOP_LEG: Partial<Record<State, keyof Legs>> = {
  stop: 'downtime_loss',
  delay: 'downtime_loss',
  changeover: 'changeover_loss',
  micro_stop: 'speed_loss',
  ramp_up: 'startup_loss',
};

const REJECT_LEG: Record<RejectKind, keyof Legs> = {
  scrap: 'scrap_loss',
  startup: 'startup_loss',
  rework: 'quality_loss',
};

/** The time of open stops, of running and uncounted batches, and busy time without a batch is not posted. */
function legsOfCell(
  cell: LaidCell,
  terms: Terms,
  uncounted: boolean,
  stops: ReadonlyMap<string, Stop>,
): { legs: Legs; unposted_ms: string } {
  const legs: Record<keyof Legs | 'unposted', Decimal> = {
    downtime_loss: ZERO,
    changeover_loss: ZERO,
    speed_loss: ZERO,
    scrap_loss: ZERO,
    quality_loss: ZERO,
    startup_loss: ZERO,
    unposted: ZERO,
  };
  const add = (leg: keyof typeof legs, time: Decimal | number): void => {
    legs[leg] = legs[leg].plus(time);
  };
  for (const piece of cell.pieces) {
    const leg = STOP_LEG[piece.state];
    if (leg === undefined) continue;
    const open = piece.stop_id === null || stops.get(piece.stop_id)?.to === null;
    add(open ? 'unposted' : leg, piece.to - piece.from);
  }
  const due = cell.run?.closed === true;
  for (const unit of cell.units) {
    if (unit.kind === 'good' || unit.where !== 'counted') continue;
    add(unit.logged || due ? REJECT_LEG[unit.kind] : 'unposted', unit.quantity.times(unit.cycle_ms));
  }
  add(due && !uncounted ? 'speed_loss' : 'unposted', residualMs(terms));
  const { unposted, ...posted } = legs;
  return { legs: mapLegs(posted), unposted_ms: unposted.toFixed() };
}

/**
 * The time lost by slow cycles: APT - Σ PRI·PQ - micro-stops, decimal milliseconds. Negative when faster than the
 * standard.
 */
export function residualMs(terms: Terms): Decimal {
  return ZERO.plus(terms.apt_ms).minus(terms.ideal_total_ms).minus(terms.micro_stop_ms);
}

function mapLegs(legs: Record<keyof Legs, Decimal>): Legs {
  return {
    downtime_loss: legs.downtime_loss.toFixed(),
    changeover_loss: legs.changeover_loss.toFixed(),
    speed_loss: legs.speed_loss.toFixed(),
    scrap_loss: legs.scrap_loss.toFixed(),
    quality_loss: legs.quality_loss.toFixed(),
    startup_loss: legs.startup_loss.toFixed(),
  };
}

/** Closed batches whose units, in total, need more than their production time. */
function runsAboveStandard({ timeline, units }: Layout): ReadonlySet<BatchRun> {
  const apt = new Map<string, number>();
  for (const piece of timeline.pieces) {
    if (piece.batch_id === null || (piece.state !== 'running' && piece.state !== 'micro_stop')) continue;
    apt.set(piece.batch_id, (apt.get(piece.batch_id) ?? 0) + piece.to - piece.from);
  }
  const made = new Map<BatchRun, { quantity: Decimal; cycle_ms: Decimal }>();
  for (const unit of [...units.points, ...units.spreads]) {
    if (unit.run === undefined || !unit.run.closed) continue;
    if ('place' in unit && (unit.place === undefined || inRampUp(unit.kind, unit.place.piece.state))) continue;
    const before = made.get(unit.run)?.quantity ?? ZERO;
    made.set(unit.run, { quantity: before.plus(unit.quantity), cycle_ms: unit.cycle_ms });
  }
  const above = [...made].filter(([run, { quantity, cycle_ms }]) =>
    quantity.times(cycle_ms).gt(apt.get(run.batch.id) ?? 0),
  );
  return new Set(above.map(([run]) => run));
}
