import { batchRuns, runById, type BatchRun } from '../time/batch-runs.ts';
import { businessDateOf } from '../time/calendar.ts';
import { residualMs, termsOfCell } from '../kpis/cells.ts';
import { exact, sum, text6, ZERO, type Decimal } from '../numbers/exact.ts';
import { versionAt, type Interval, type LineFacts } from '../facts.ts';
import { idealMs, layOut, quantityOf, type LaidCell, type LaidUnits } from '../time/layout.ts';
import { plainText, rejectLegs, REJECT_CATEGORY, type RejectKind } from './losses.ts';
import { roundRow, timeLeg, unitLeg } from '../numbers/money.ts';
import { RULE_VERSION, type Posting, type Rule } from './posting.ts';
import type { Flag } from '../kpis/terms.ts';
import { isBusy } from '../time/timeline.ts';
import type { PointUnits, SpreadUnits } from '../units/units.ts';

export interface BatchRows {
  readonly postings: readonly Posting[];
  /** Remarks about the batches: standard beaten, more output than input, ended by other batches. */
  readonly flags: readonly Flag[];
}

/**
 * The rows that closed batches should have, independent of the order of their facts: for each cell the slow cycles and
 * the rejects without a scrap event, and for the batch its yield. No rows for a trial, for a running batch, and without
 * counts. The facts must contain each batch completely: its stops, counts and scrap, and the stops that overlap it.
 * Time is laid once for all batches.
 */
export function batchPostings(facts: LineFacts, batch_ids: Iterable<string>): BatchRows {
  const due = [...batch_ids].flatMap((batch_id) => dueRun(facts, batch_id) ?? []);
  if (due.length === 0) return { postings: [], flags: [] };
  const window = { from: Infinity, to: -Infinity };
  for (const { from, to } of due) {
    window.from = Math.min(window.from, from);
    window.to = Math.max(window.to, to, from + 1);
  }
  const { cells, units } = layOut(facts, window, Infinity);
  const cellsOf = Map.groupBy(cells, ({ run }) => run);
  const pointsOf = Map.groupBy(units.points, ({ run }) => run);
  const spreadsOf = Map.groupBy(units.spreads, ({ run }) => run);
  const flags = new Set<Flag>();
  const postings = due.flatMap((run) => {
    if (run.cut) flags.add('batch_cut_by_next');
    if (units.uncounted.has(run)) flags.add('uncounted_batch');
    const laid = { cells: cellsOf.get(run) ?? [], points: pointsOf.get(run) ?? [], spreads: spreadsOf.get(run) ?? [] };
    return units.uncounted.has(run) ? [] : rowsOf(facts, run, laid, flags);
  });
  return { postings, flags: [...flags].sort() };
}

type DueRun = BatchRun & { readonly to: number };
function dueRun(facts: LineFacts, batch_id: string): DueRun | undefined {
  const run = runById(batchRuns(facts), batch_id);
  return run !== undefined && isDue(run) ? run : undefined;
}
function isDue(run: BatchRun): run is DueRun {
  return run.to !== null && run.closed && !run.batch.trial;
}

/** The part of a layout that belongs to one batch. */
interface LaidBatch {
  readonly cells: readonly LaidCell[];
  readonly points: readonly PointUnits[];
  readonly spreads: readonly SpreadUnits[];
}

function rowsOf(facts: LineFacts, run: DueRun, laid: LaidBatch, flags: Set<Flag>): Posting[] {
  const cells = laid.cells.filter((cell) => busyInterval(cell) !== undefined);
  return [
    ...slowCycles(facts, run, cells, flags),
    ...cells.flatMap((cell) => unexplainedOfCell(facts, run, cell)),
    ...unplacedRejects(facts, run, laid),
    ...yieldLoss(facts, run, laid, flags),
  ];
}

/**
 * Rule slow_cycle: for each cell APT - Σ PRI·PQ - micro-stops. The time is signed; the money is limited once per batch.
 */
function slowCycles(facts: LineFacts, run: BatchRun, cells: readonly LaidCell[], flags: Set<Flag>): Posting[] {
  const rows = cells.flatMap((cell) => {
    const interval = busyInterval(cell);
    const prices = interval === undefined ? undefined : versionAt(facts.prices, interval.from);
    if (interval === undefined || prices === undefined) return [];
    return [{ cell, interval, hourly_cost: prices.hourly_cost, time_ms: residualMs(termsOfCell(cell, false, false)) }];
  });
  if (sum(rows.map((row) => row.time_ms)).isNegative()) flags.add('standard_beaten');
  const amounts = clampedAmounts(rows);
  return rows.flatMap(({ cell, interval, hourly_cost, time_ms }, index) => {
    if (text6(time_ms) === '0') return [];
    return {
      ...common(run, cell, interval),
      category: 'speed_loss' as const,
      rule: 'slow_cycle' as const,
      quantity: null,
      unit_cost: null,
      time_ms: text6(time_ms),
      hourly_cost: plainText(hourly_cost),
      amount: amounts[index] ?? roundRow(0),
    };
  });
}

/**
 * Money of a batch's slow-cycle cells. Positive cells are priced × (net residual / Σ positive residuals), so that cells
 * that were faster than the standard offset slower ones. Negative cells get 0, and so do all cells when the net is
 * negative.
 */
export function clampedAmounts(
  cells: readonly { readonly time_ms: Decimal | string; readonly hourly_cost: string }[],
): string[] {
  const times = cells.map((cell) => exact(cell.time_ms));
  const net = sum(times);
  const positive = sum(times.filter((time) => time.gt(0)));
  return cells.map((cell, index) => {
    const time = times[index] ?? ZERO;
    if (time.lte(0) || net.lte(0)) return roundRow(0);
    return roundRow(timeLeg(time, cell.hourly_cost).times(net).div(positive));
  });
}

const PLACES = { counted: 'unexplained', ramp_up: 'ramp_up', unplaced: 'unplaced' } as const;
const KINDS = { scrap: 'reject', startup: 'startup_reject', rework: 'rework' } as const;
const REJECT_KINDS: readonly RejectKind[] = ['scrap', 'startup', 'rework'];

/** Rule unexplained_reject: rejects without a scrap event, by class; without machine time in ramp-up minutes. */
function unexplainedOfCell(facts: LineFacts, run: BatchRun, cell: LaidCell): Posting[] {
  const interval = busyInterval(cell);
  if (interval === undefined) return [];
  const places = ['counted', 'ramp_up'] as const;
  return places.flatMap((where) =>
    REJECT_KINDS.flatMap((kind) => {
      const units = cell.units.filter((unit) => unit.where === where && unit.kind === kind && !unit.logged);
      const time_ms = where === 'counted' ? idealMs(units) : ZERO;
      return rejectRow(facts, run, common(run, cell, interval), kind, where, quantityOf(units), time_ms);
    }),
  );
}

/** Rejects outside of the batch's busy time: their units are priced without machine time, at the batch's start. */
function unplacedRejects(facts: LineFacts, run: BatchRun, { points }: LaidBatch): Posting[] {
  const interval = { from: run.from, to: run.from };
  const shared = common(run, { business_date: businessDateOf(facts, run.from) }, interval);
  return REJECT_KINDS.flatMap((kind) => {
    const lost = points.filter((p) => p.kind === kind && !p.logged && p.place === undefined);
    return rejectRow(facts, run, shared, kind, 'unplaced', sum(lost.map((point) => point.quantity)), ZERO);
  });
}

function rejectRow(
  facts: LineFacts,
  run: BatchRun,
  shared: Common,
  kind: RejectKind,
  where: LaidUnits['where'],
  quantity: Decimal,
  time_ms: Decimal,
): Posting[] {
  const { product_id } = run.batch;
  const units = {
    reworked: kind === 'rework',
    product_id,
    at: shared.occurred_from,
    quantity,
    time_ms,
    unit_cost: null,
    given: null,
  };
  const legs = quantity.isZero() ? undefined : rejectLegs(facts, units);
  if (legs === undefined) return [];
  return [
    { ...shared, category: REJECT_CATEGORY[kind], rule: `${PLACES[where]}_${KINDS[kind]}` satisfies Rule, ...legs },
  ];
}

/** Rule yield: material_input - good - rejects, in product units, × material_cost, else unit_cost. */
function yieldLoss(facts: LineFacts, run: DueRun, { points, spreads }: LaidBatch, flags: Set<Flag>): Posting[] {
  const { material_input, product_id } = run.batch;
  const costs = product_id === null ? undefined : versionAt(facts.products.get(product_id) ?? [], run.from);
  if (material_input === null) return [];
  const out = sum([...points, ...spreads].map((unit) => unit.quantity));
  const lost = exact(material_input).minus(out);
  if (lost.isNegative()) flags.add('negative_yield');
  if (lost.lte(0) || costs === undefined) return [];
  const unit_cost = costs.material_cost ?? costs.unit_cost;
  return [
    {
      ...common(run, { business_date: businessDateOf(facts, run.from) }, { from: run.from, to: run.to }),
      category: 'yield_loss',
      rule: 'yield',
      quantity: text6(lost),
      unit_cost: plainText(unit_cost),
      time_ms: '0',
      hourly_cost: null,
      amount: roundRow(unitLeg(lost, unit_cost)),
    },
  ];
}

type Common = Omit<Posting, 'category' | 'rule' | 'quantity' | 'unit_cost' | 'time_ms' | 'hourly_cost' | 'amount'>;

function common(run: BatchRun, cell: LaidCell | { business_date: string }, interval: Interval): Common {
  return {
    rule_version: RULE_VERSION,
    source_type: 'batch',
    source_id: run.batch.id,
    batch_id: run.batch.id,
    product_id: run.batch.product_id,
    occurred_from: interval.from,
    occurred_to: interval.to,
    business_date: 'first' in cell ? cell.first.business_date : cell.business_date,
    is_avoidable: true,
  };
}

/** From the first to the last instant of a cell's planned busy time. */
function busyInterval(cell: LaidCell): Interval | undefined {
  const busy = cell.pieces.filter((piece) => isBusy(piece.state));
  const first = busy[0];
  const last = busy.at(-1);
  return first === undefined || last === undefined ? undefined : { from: first.from, to: last.to };
}
