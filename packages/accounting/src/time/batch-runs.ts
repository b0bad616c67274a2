import { lastStarted } from '../numbers/search.ts';
import type { Batch, LineFacts } from '../facts.ts';

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
}

const cache = new WeakMap<readonly Batch[], readonly BatchRun[]>();

/** The runs of a line, in order of their start. They never overlap. */
export function batchRuns({ batches }: Pick<LineFacts, 'batches'>): readonly BatchRun[] {
  let runs = cache.get(batches);
  if (runs === undefined) cache.set(batches, (runs = computeRuns(batches)));
  return runs;
}

function computeRuns(batches: readonly Batch[]): BatchRun[] {
  const sorted = [...batches].sort((a, b) => a.from - b.from || (a.id < b.id ? -1 : 1));
  return sorted.map((batch, index) => {
    const own = batch.to === null ? Infinity : Math.max(batch.from, batch.to);
    const next = sorted[index + 1]?.from ?? Infinity;
    const end = Math.min(own, next);
    const cut = next < own;
    return { batch, from: batch.from, to: end === Infinity ? null : end, closed: batch.closed || cut, cut };
  });
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

/**
 * The batch of a count or scrap event: the one that it names, else the one that runs at its time, else the one that
 * ends at that instant (units that are reported at the end were made before).
 */
export function runOf(runs: readonly BatchRun[], fact: { at: number; batch_id: string | null }): BatchRun | undefined {
  if (fact.batch_id !== null) {
    const named = runById(runs, fact.batch_id);
    if (named !== undefined) return named;
  }
  const running = runAt(runs, fact.at);
  if (running !== undefined) return running;
  const before = runAt(runs, fact.at - 1);
  return before?.to === fact.at ? before : undefined;
}
