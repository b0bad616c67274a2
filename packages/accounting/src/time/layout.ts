import { partOf } from '../units/apportion.ts';
import { batchRuns, runOf, type BatchRun } from './batch-runs.ts';
import { shiftsIn } from './calendar.ts';
import type { State } from './claims.ts';
import { exact, ZERO, type Decimal } from '../numbers/exact.ts';
import type { Interval, LineFacts } from '../facts.ts';
import { layInterval, type Piece } from './ladder.ts';
import { Timeline, timelineOf } from './timeline.ts';
import { piecesWithUnits } from '../units/units-in-stops.ts';
import { unitsOf, type SpreadUnits, type UnitKind, type Units } from '../units/units.ts';

/** The time and units of one cell in a window: line × local day × shift × batch (or none). */
export interface LaidCell {
  readonly key: string;
  readonly first: Piece;
  readonly run: BatchRun | undefined;
  readonly pieces: Piece[];
  readonly units: LaidUnits[];
}

export interface LaidUnits {
  readonly kind: UnitKind;
  readonly quantity: Decimal;
  readonly cycle_ms: Decimal;
  readonly logged: boolean;
  /** counted: part of PQ. ramp_up: rejects in ramp-up minutes. unplaced: outside of busy time. */
  readonly where: 'counted' | 'ramp_up' | 'unplaced';
}

export interface Layout {
  readonly cells: readonly LaidCell[];
  /** The keys of cells with stops in which good units were counted. */
  readonly with_units_in_stops: ReadonlySet<string>;
  readonly units: Units;
  readonly timeline: Timeline;
}

/** Lays the time and units of a window, cut at now, into cells. Facts outside of the window can change it. */
export function layOut(facts: LineFacts, window: Interval, now: number): Layout {
  const cut = { from: window.from, to: Math.min(window.to, now) };
  if (cut.from >= cut.to)
    return {
      cells: [],
      with_units_in_stops: new Set(),
      units: { points: [], spreads: [], uncounted: new Set() },
      timeline: new Timeline([], () => undefined),
    };
  const runs = runsTouching(facts, cut);
  const wide = widened(facts, cut, runs, now);
  const timeline = timelineOf(facts, layInterval(facts, wide, now).pieces);
  const units = unitsOf(facts, timeline, runs);
  const cells = new Map<string, LaidCell>();
  const runsById = new Map([...runs].map((run) => [run.batch.id, run]));
  for (const whole of timeline.pieces) {
    const piece = { ...whole, from: Math.max(whole.from, cut.from), to: Math.min(whole.to, cut.to) };
    if (piece.from >= piece.to) continue;
    const key = cellKey(piece);
    const run = piece.batch_id === null ? undefined : runsById.get(piece.batch_id);
    const cell = cells.get(key);
    if (cell === undefined) cells.set(key, { key, first: piece, run, pieces: [piece], units: [] });
    else cell.pieces.push(piece);
  }
  for (const { kind, quantity, cycle_ms, logged, place, at } of units.points) {
    const instant = place?.at ?? at;
    if (instant < cut.from || instant >= cut.to) continue;
    const piece = place?.piece ?? timeline.pieceAt(instant);
    const where = place === undefined ? 'unplaced' : inRampUp(kind, place.piece.state) ? 'ramp_up' : 'counted';
    if (piece !== undefined) addUnits(cells.get(cellKey(piece)), { kind, quantity, cycle_ms, logged, where });
  }
  for (const spread of units.spreads) addSpread(cells, timeline, spread, cut, spread.run.closed ? Infinity : now);
  const with_units_in_stops = new Set(piecesWithUnits(facts, timeline, cut).map(cellKey));
  return { cells: [...cells.values()], with_units_in_stops, units, timeline };
}

/** The key of a piece's cell. */
export function cellKey(piece: Pick<Piece, 'local_date' | 'shift_key' | 'batch_id'>): string {
  return `${piece.local_date}|${piece.shift_key ?? ''}|${piece.batch_id ?? ''}`;
}

/** Adds units to a cell. Units that differ only in quantity are one entry. */
function addUnits(cell: LaidCell | undefined, units: LaidUnits): void {
  if (cell === undefined) return;
  const { kind, where, logged, cycle_ms } = units;
  const index = cell.units.findIndex(
    (known) => known.kind === kind && known.where === where && known.logged === logged && known.cycle_ms.eq(cycle_ms),
  );
  const known = cell.units[index];
  if (known === undefined) cell.units.push(units);
  else cell.units[index] = { ...known, quantity: known.quantity.plus(units.quantity) };
}

/** Rejects in ramp-up minutes are not part of PQ: those minutes are lost already. */
export function inRampUp(kind: UnitKind, state: State): boolean {
  return kind !== 'good' && state === 'ramp_up';
}

/**
 * Spreads units evenly over the running time. The running sum at each boundary is rounded, so the parts always add up.
 */
function addSpread(
  cells: Map<string, LaidCell>,
  timeline: Timeline,
  spread: SpreadUnits,
  cut: Interval,
  end: number,
): void {
  const running = timeline
    .runningOf(spread.run.batch.id)
    .map((piece) => ({ piece, from: piece.from, to: Math.min(piece.to, end) }))
    .filter(({ from, to }) => from < to);
  const whole = running.reduce((total, { from, to }) => total + to - from, 0);
  let before = 0;
  for (const { piece, from, to } of running) {
    const inside = { from: Math.max(from, cut.from), to: Math.min(to, cut.to) };
    if (inside.from < inside.to) {
      const upTo = (at: number): Decimal => partOf(spread.quantity, before + at - from, whole);
      const quantity = upTo(inside.to).minus(upTo(inside.from));
      const { kind, cycle_ms } = spread;
      addUnits(cells.get(cellKey(piece)), { kind, quantity, cycle_ms, logged: false, where: 'counted' });
    }
    before += to - from;
  }
}

/** The batches that run in a window, and those of units that are reported in it. */
function runsTouching(facts: LineFacts, window: Interval): ReadonlySet<BatchRun> {
  const runs = batchRuns(facts);
  const touching = new Set(
    runs.filter((run) => run.from < window.to && ((run.ran_to ?? Infinity) > window.from || run.from >= window.from)),
  );
  for (const fact of [...facts.counts, ...facts.scraps]) {
    if (fact.at < window.from || fact.at >= window.to) continue;
    const run = runOf(runs, fact);
    if (run !== undefined) touching.add(run);
  }
  return touching;
}

/**
 * The window, widened to every shift and batch that overlaps it, the shift before, and one instant more for their ends.
 */
function widened(facts: LineFacts, window: Interval, runs: ReadonlySet<BatchRun>, now: number): Interval {
  const intervals: Interval[] = [window];
  for (const shift of shiftsIn(facts, window)) intervals.push({ from: shift.from, to: shift.to + 1 });
  // Units that are reported at the start of a shift were made before it.
  const first = Math.min(...intervals.map(({ from }) => from));
  intervals.push(...shiftsIn(facts, { from: first - 1, to: first }));
  const all = batchRuns(facts);
  for (const run of runs) if (run.to !== null) intervals.push({ from: run.from, to: run.to });
  const open = new Set([...runs].filter((run) => run.to === null));
  if (open.size > 0) {
    const from = Math.min(...[...open].map((run) => run.from));
    const ends = [...open].map(({ ran_to }) => ran_to ?? (Number.isFinite(now) ? now : window.to));
    let to = Math.max(from, window.to, ...ends);
    for (const fact of [...facts.counts, ...facts.scraps]) {
      const run = fact.at >= to ? runOf(all, fact) : undefined;
      if (run !== undefined && open.has(run)) to = fact.at + 1;
    }
    intervals.push({ from, to });
  }
  return intervals.reduce((wide, one) => ({ from: Math.min(wide.from, one.from), to: Math.max(wide.to, one.to) }));
}

/** The sum over units of quantity × PRI, decimal milliseconds. */
export function idealMs(units: readonly LaidUnits[]): Decimal {
  return units.reduce((total, unit) => total.plus(unit.quantity.times(unit.cycle_ms)), ZERO);
}

export function quantityOf(units: readonly LaidUnits[]): Decimal {
  return units.reduce((total, unit) => total.plus(unit.quantity), exact(0));
}
