import { apportion, counted, unexplained, type Counted } from './apportion.ts';
import { batchRuns, runOf, type BatchRun } from '../time/batch-runs.ts';
import { exact, sum, ZERO, type Decimal } from '../numbers/exact.ts';
import { versionAt, type Count, type LineFacts, type Scrap } from '../facts.ts';
import { idealCycleMsOrZero } from './ideal-cycle.ts';
import { rejectKind, type RejectKind } from '../postings/losses.ts';
import type { Place, Timeline } from '../time/timeline.ts';

export type UnitKind = 'good' | RejectKind;

/** Units at one instant. */
export interface PointUnits {
  readonly run: BatchRun | undefined;
  readonly kind: UnitKind;
  readonly quantity: Decimal;
  /** The ideal cycle per unit (PRI), milliseconds. */
  readonly cycle_ms: Decimal;
  /** When they were reported. */
  readonly at: number;
  /** Their place; undefined: they have none, so they are in no KPI. */
  readonly place: Place | undefined;
  /** Whether a scrap event logged them, so that they have their own row. */
  readonly logged: boolean;
}

/** Units of a batch total without counts: spread evenly over the batch's running time. */
export interface SpreadUnits {
  readonly run: BatchRun;
  readonly kind: UnitKind;
  readonly quantity: Decimal;
  readonly cycle_ms: Decimal;
}

export interface Units {
  readonly points: readonly PointUnits[];
  readonly spreads: readonly SpreadUnits[];
  /** Closed batches with no count, no scrap and no total. */
  readonly uncounted: ReadonlySet<BatchRun>;
}

const REJECT_KINDS: readonly RejectKind[] = ['scrap', 'startup', 'rework'];

/**
 * Places every unit of the wanted batches, and units without a batch, in time. The timeline must contain those batches
 * and shifts completely. good = good_count if given, else Σ count.good, on a line that counts gross (at the start of the
 * batch, shift or hour) less all rejects, at least 0. Rejects of a class = max(total, logged). If Σ
 * count.reject is more, the excess is production scrap. Trials have no units.
 */
export function unitsOf(facts: LineFacts, timeline: Timeline, wanted: ReadonlySet<BatchRun>): Units {
  const placing: Placing = { cycles: new Cycles(facts), timeline, points: [], spreads: [] };
  const uncounted = new Set<BatchRun>();
  for (const group of groupsOf(facts, timeline, wanted)) {
    if (group.run?.batch.trial === true) continue;
    if (isUncounted(group)) uncounted.add(group.run);
    placeGood(placing, group);
    placeLogged(placing, group);
    placeUnexplained(placing, group);
  }
  return { points: placing.points, spreads: placing.spreads, uncounted };
}

interface Placing {
  readonly cycles: Cycles;
  readonly timeline: Timeline;
  readonly points: PointUnits[];
  readonly spreads: SpreadUnits[];
}

/** The counts and scrap events of one batch, or of one shift without a batch, by time. */
interface Group {
  readonly run: BatchRun | undefined;
  /** Whether the good units that were counted contain its rejects. */
  readonly is_gross: boolean;
  readonly counts: readonly Count[];
  readonly scraps: readonly Scrap[];
}

function isUncounted(group: Group): group is Group & { run: BatchRun } {
  if (group.run === undefined || !group.run.closed || group.scraps.length > 0) return false;
  // A count of zero proves nothing.
  if (group.counts.some(({ good, reject }) => Number(good) !== 0 || Number(reject) !== 0)) return false;
  return Object.values(group.run.batch.totals).every((total) => total === null);
}

function placeGood(placing: Placing, group: Group): void {
  const { run, counts } = group;
  const goods = counts.map(({ at, good, product_id = null }) => ({ at, quantity: exact(good), product_id }));
  const reported = sum(goods.map((good) => good.quantity));
  const given = run?.batch.totals.good_count ?? null;
  const total = given === null ? reported.minus(group.is_gross ? rejectsAmong(reported, group) : ZERO) : exact(given);
  placePoints(placing, run, 'good', goods, total.lt(reported) ? total : reported);
  placeRest(placing, run, 'good', total.minus(reported));
}

/** The rejects among so many counted units. */
function rejectsAmong(reported: Decimal, { run, counts, scraps }: Group): Decimal {
  const open = Object.values(unexplainedByKind(run, counts, scraps));
  const rejects = sum([...open, ...scraps.map(({ quantity }) => quantity)]);
  return rejects.lt(reported) ? rejects : reported;
}

function placeLogged({ cycles, timeline, points }: Placing, { run, scraps }: Group): void {
  for (const scrap of scraps) {
    const place = timeline.place(run, scrap.at);
    const cycle_ms = cycles.of(run, place, scrap);
    const quantity = exact(scrap.quantity);
    points.push({ run, kind: rejectKind(scrap), quantity, cycle_ms, at: scrap.at, place, logged: true });
  }
}

function placeUnexplained(placing: Placing, { run, counts, scraps }: Group): void {
  const open = unexplainedByKind(run, counts, scraps);
  const all = sum(Object.values(open));
  if (all.isZero()) return;
  const left = unexplained(counted(counts), scraps);
  const pointed = sum(left.map((entry) => entry.quantity));
  for (const kind of REJECT_KINDS) {
    const share = open[kind].times(pointed).div(all).toDecimalPlaces(6);
    placePoints(placing, run, kind, left, share);
    placeRest(placing, run, kind, open[kind].minus(share));
  }
}

/** Places `total` units at the instants of the sources, in proportion to them. */
function placePoints(
  { cycles, timeline, points }: Placing,
  run: BatchRun | undefined,
  kind: UnitKind,
  sources: readonly Counted[],
  total: Decimal,
): void {
  for (const [index, quantity] of apportion(total, sources).entries()) {
    const source = sources[index];
    if (source === undefined || quantity.isZero()) continue;
    const { at, product_id = null } = source;
    const place = timeline.place(run, at);
    const cycle_ms = cycles.of(run, place, { at, product_id });
    points.push({ run, kind, quantity, cycle_ms, at, place, logged: false });
  }
}

/** Spreads the units that a total adds. Without running time, they are placed at the batch's end. */
function placeRest(placing: Placing, run: BatchRun | undefined, kind: UnitKind, quantity: Decimal): void {
  if (run === undefined || quantity.lte(0)) return;
  const { cycles, timeline, points, spreads } = placing;
  const cycle_ms = cycles.of(run, undefined, { at: run.from, product_id: null });
  if (timeline.runningOf(run.batch.id).length > 0) {
    spreads.push({ run, kind, quantity, cycle_ms });
    return;
  }
  const place = timeline.place(run, run.to ?? Infinity);
  points.push({ run, kind, quantity, cycle_ms, at: run.from, place, logged: false });
}

/** The ideal cycle of units, cached per batch, or per shift and product. */
class Cycles {
  readonly #facts: LineFacts;
  readonly #known = new Map<BatchRun | string, Decimal>();

  constructor(facts: LineFacts) {
    this.#facts = facts;
  }

  of(run: BatchRun | undefined, place: Place | undefined, unit: { at: number; product_id: string | null }): Decimal {
    const key = run ?? `${place?.piece.shift_key ?? unit.at} ${unit.product_id ?? ''}`;
    let cycle_ms = this.#known.get(key);
    if (cycle_ms === undefined) {
      cycle_ms = idealCycleMsOrZero(this.#facts, run, { at: place?.at ?? unit.at, product_id: unit.product_id });
      this.#known.set(key, cycle_ms);
    }
    return cycle_ms;
  }
}

/** The rejects of each class without a scrap event. */
function unexplainedByKind(
  run: BatchRun | undefined,
  counts: readonly Count[],
  scraps: readonly Scrap[],
): Record<RejectKind, Decimal> {
  const totals = run?.batch.totals;
  const given = { scrap: totals?.scrap_count, startup: totals?.startup_scrap_count, rework: totals?.rework_count };
  const open: Record<RejectKind, Decimal> = { scrap: ZERO, startup: ZERO, rework: ZERO };
  let known = ZERO;
  for (const kind of REJECT_KINDS) {
    const logged = sum(scraps.filter((scrap) => rejectKind(scrap) === kind).map((scrap) => scrap.quantity));
    const total = exact(given[kind] ?? 0);
    open[kind] = total.gt(logged) ? total.minus(logged) : ZERO;
    known = known.plus(logged).plus(open[kind]);
  }
  const excess = sum(counts.map((count) => count.reject)).minus(known);
  if (excess.gt(0)) open.scrap = open.scrap.plus(excess);
  return open;
}

/** The facts by batch; those without a batch by shift or clock hour, so that scrap events explain rejects of their own shift only. */
function groupsOf(facts: LineFacts, timeline: Timeline, wanted: ReadonlySet<BatchRun>): Group[] {
  const runs = batchRuns(facts);
  const groups = new Map<BatchRun | string, Group & { counts: Count[]; scraps: Scrap[] }>();
  const isGross = (since: number) => versionAt(facts.prices, since)?.count_basis === 'gross';
  for (const run of wanted) groups.set(run, { run, is_gross: isGross(run.from), counts: [], scraps: [] });
  const groupOf = (fact: Count | Scrap): { counts: Count[]; scraps: Scrap[] } | undefined => {
    const run = runOf(runs, fact);
    if (run !== undefined) return groups.get(run);
    if (timeline.pieceAt(fact.at) === undefined && timeline.place(undefined, fact.at) === undefined) return undefined;
    const since = timeline.looseIntervalAt(fact.at)?.from;
    const key = `${since ?? `unscheduled ${fact.at}`}`;
    let group = groups.get(key);
    if (group === undefined) {
      group = { run: undefined, is_gross: isGross(since ?? fact.at), counts: [], scraps: [] };
      groups.set(key, group);
    }
    return group;
  };
  for (const count of facts.counts) groupOf(count)?.counts.push(count);
  for (const scrap of facts.scraps) groupOf(scrap)?.scraps.push(scrap);
  for (const group of groups.values()) {
    group.counts.sort(byTime);
    group.scraps.sort(byTime);
  }
  return [...groups.values()];
}

function byTime(a: { at: number; id: string }, b: { at: number; id: string }): number {
  return a.at - b.at || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
}
