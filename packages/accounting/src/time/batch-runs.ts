import { lastStarted } from '../numbers/search.ts';
import { MS_PER_HOUR } from '../numbers/money.ts';
import { versionAt, type Batch, type LineFacts } from '../facts.ts';
import { idealCycleMsOrZero } from '../units/ideal-cycle.ts';

/** A batch with the time in which it really ran: a line runs one batch at a time. */
export interface BatchRun {
  readonly batch: Batch;
  readonly from: number;
  /** The earlier of its own end and the next batch's start; null: it still runs. */
  readonly to: number | null;
  /** Whether it has ended, so that its rows are due. */
  readonly closed: boolean;
  /** Whether the next batch's start ended it, before its own end was reported. */
  readonly cut: boolean;
  /** Units without a batch that are counted up to this instant, while no other batch runs, are its own; null: it runs. */
  readonly late_until: number | null;
}

/** The line's late_unit_seconds where it is not known. */
const LATE_UNIT_SECONDS = 120;
/** How long after its end a batch may still get units, whatever the line's setting and cycle. */
export const MOST_LATE_MS = MS_PER_HOUR;

const cache = new WeakMap<readonly Batch[], readonly BatchRun[]>();

/** The runs of a line, in order of their start. They never overlap. */
export function batchRuns(facts: LineFacts): readonly BatchRun[] {
  let runs = cache.get(facts.batches);
  if (runs === undefined) cache.set(facts.batches, (runs = computeRuns(facts)));
  return runs;
}

function computeRuns(facts: LineFacts): BatchRun[] {
  const { batches } = facts;
  const sorted = [...batches].sort((a, b) => a.from - b.from || (a.id < b.id ? -1 : 1));
  return sorted.map((batch, index) => {
    const own = batch.to === null ? Infinity : Math.max(batch.from, batch.to);
    const next = sorted[index + 1]?.from ?? Infinity;
    const end = Math.min(own, next);
    const cut = next < own;
    const run = { batch, from: batch.from, to: end === Infinity ? null : end, closed: batch.closed || cut, cut };
    return { ...run, late_until: run.to === null ? null : run.to + lateMs(facts, run) };
  });
}

/** A slow line counts a unit as late as its cycle is long. */
function lateMs(facts: LineFacts, run: Pick<BatchRun, 'batch' | 'from'>): number {
  const seconds = versionAt(facts.prices, run.from)?.late_unit_seconds ?? LATE_UNIT_SECONDS;
  const cycle = idealCycleMsOrZero(facts, run, { at: run.from }).toNumber();
  return Math.min(MOST_LATE_MS, Math.max(seconds * 1000, cycle));
}

/** The batch that runs at an instant. */
export function runAt(runs: readonly BatchRun[], at: number): BatchRun | undefined {
  const run = lastStarted(runs, at);
  return run !== undefined && (run.to === null || at < run.to) ? run : undefined;
}

const indexes = new WeakMap<readonly BatchRun[], ReadonlyMap<string, BatchRun>>();

export function runById(runs: readonly BatchRun[], batch_id: string): BatchRun | undefined {
  let index = indexes.get(runs);
  if (index === undefined) indexes.set(runs, (index = new Map(runs.map((run) => [run.batch.id, run]))));
  return index.get(batch_id);
}

/** What tells the batch of units. */
export interface Unit {
  readonly at: number;
  readonly batch_id: string | null;
  /** Whether they name a batch, be it known or not. */
  readonly is_named?: boolean;
}

/**
 * The batch of a count or scrap event: the one that it names, else the one that ends at its instant (units that are
 * reported at the end were made before), else the one that runs then. Units that name no batch and come a little later
 * are those of the batch that ended last.
 */
export function runOf(
  runs: readonly BatchRun[],
  { at, batch_id, is_named = batch_id !== null }: Unit,
): BatchRun | undefined {
  if (batch_id !== null) {
    const named = runById(runs, batch_id);
    if (named !== undefined) return named;
  }
  const before = runAt(runs, at - 1);
  if (before?.to === at) return before;
  const running = runAt(runs, at);
  if (running !== undefined || is_named) return running;
  const last = lastStarted(runs, at);
  return last !== undefined && at <= (last.late_until ?? -Infinity) ? last : undefined;
}
