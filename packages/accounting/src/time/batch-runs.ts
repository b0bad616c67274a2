import { lastStarted } from '../numbers/search.ts';
import { MS_PER_HOUR } from '../numbers/money.ts';
import { versionAt, type Batch, type LineFacts, type LinePrices, type RunningSpan } from '../facts.ts';
import { idealCycleMsOrZero } from '../units/ideal-cycle.ts';

/** A batch with the time in which it ran: a line runs one batch at a time. */
export interface BatchRun {
  readonly batch: Batch;
  readonly from: number;
  /** Its end, or where it was cut; null: it has not ended. */
  readonly to: number | null;
  /** Its end, or where it stopped running until now; null: it runs. Only a new fact changes what comes after. */
  readonly ran_to: number | null;
  /** Whether it has ended, so that its rows are due. */
  readonly closed: boolean;
  /** Whether other batches ended it, before its own end was reported. */
  readonly cut: boolean;
  /** Units without a batch can be its own up to this instant; null: it has not ended. */
  readonly late_until: number | null;
}

/** An interval in which a batch had the line. */
export interface RunInterval extends RunningSpan {
  readonly run: BatchRun;
  /** Units without a batch that are counted up to this instant, while no other batch runs, are its own; null: it runs. */
  readonly late_until: number | null;
}

/** The line's late_unit_seconds where it is not known. */
const LATE_UNIT_SECONDS = 120;
/** How long after its end a batch may still get units, whatever the line's setting and cycle. */
export const MOST_LATE_MS = MS_PER_HOUR;

type Runs = { readonly runs: readonly BatchRun[]; readonly intervals: readonly RunInterval[] };
const cache = new WeakMap<readonly Batch[], Runs>();
const intervalsOf = new WeakMap<readonly BatchRun[], readonly RunInterval[]>();

/** The batches of a line, in order of their start. */
export function batchRuns(facts: LineFacts): readonly BatchRun[] {
  let known = cache.get(facts.batches);
  if (known === undefined) {
    cache.set(facts.batches, (known = computeRuns(facts)));
    intervalsOf.set(known.runs, known.intervals);
  }
  return known.runs;
}

/** The intervals in which batches had the line, in order. They never overlap. */
export function runIntervals(runs: readonly BatchRun[]): readonly RunInterval[] {
  return intervalsOf.get(runs) ?? [];
}

function computeRuns(facts: LineFacts): Runs {
  const sorted = [...facts.batches].sort((a, b) => a.from - b.from || (a.id < b.id ? -1 : 1));
  const lasting = sorted.map((batch, index) => spansOf(batch, sorted[index + 1]));
  const runs = lasting.map(({ batch, to, cut, spans: own }): BatchRun => {
    const last = own.at(-1);
    const ran_to = to ?? (last === undefined ? batch.from : last.to);
    const run = { batch, from: batch.from, to, ran_to, closed: batch.closed || cut, cut };
    return { ...run, late_until: to === null ? null : to + lateMs(facts, run) };
  });
  const spans = runs.flatMap((run, index) => (lasting[index]?.spans ?? []).map((span) => ({ ...span, run })));
  spans.sort((a, b) => a.from - b.from);
  // Until every change of a line's batches has come, two may claim one time: the later run has it.
  const intervals = spans.map(({ from, to, run }, index): RunInterval => {
    const end = Math.min(to ?? Infinity, spans[index + 1]?.from ?? Infinity);
    if (end === Infinity) return { from, to: null, run, late_until: null };
    return { from, to: end, run, late_until: end + lateMs(facts, run) };
  });
  return { runs, intervals };
}

type Spans = { batch: Batch; to: number | null; cut: boolean; spans: readonly RunningSpan[] };

function spansOf(batch: Batch, next: Batch | undefined): Spans {
  const own = batch.to === null ? Infinity : Math.max(batch.from, batch.to);
  if (batch.runs) {
    const spans = batch.runs.map(({ from, to }) => ({ from, to: orNull(Math.min(to ?? Infinity, own)) }));
    return { batch, to: orNull(own), cut: batch.cut === true, spans };
  }
  const end = Math.min(own, next?.from ?? Infinity);
  return { batch, to: orNull(end), cut: end < own, spans: [{ from: batch.from, to: orNull(end) }] };
}

const orNull = (at: number): number | null => (at === Infinity ? null : at);

function lateMs(facts: LineFacts, run: Pick<BatchRun, 'batch' | 'from'>): number {
  const cycle = idealCycleMsOrZero(facts, run, { at: run.from }).toNumber();
  return lateUnitMs(versionAt(facts.prices, run.from), cycle);
}

/** How late units may come, milliseconds: a slow line counts a unit as late as its cycle is long. */
export function lateUnitMs(price: LinePrices | undefined, cycleMs: number): number {
  const seconds = price?.late_unit_seconds ?? LATE_UNIT_SECONDS;
  return Math.min(MOST_LATE_MS, Math.max(seconds * 1000, cycleMs));
}

/** The batch that runs at an instant. */
export function runAt(runs: readonly BatchRun[], at: number): BatchRun | undefined {
  return intervalAt(runs, at)?.run;
}

function intervalAt(runs: readonly BatchRun[], at: number): RunInterval | undefined {
  const interval = lastStarted(runIntervals(runs), at);
  return interval !== undefined && (interval.to === null || at < interval.to) ? interval : undefined;
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
 * The batch of a count or scrap event: the one that it names, else the one that stops running at its instant (units that
 * are reported then were made before), else the one that runs then. Units that name no batch and come a little later are
 * those of the batch that ran last.
 */
export function runOf(
  runs: readonly BatchRun[],
  { at, batch_id, is_named = batch_id !== null }: Unit,
): BatchRun | undefined {
  if (batch_id !== null) {
    const named = runById(runs, batch_id);
    if (named !== undefined) return named;
  }
  const before = intervalAt(runs, at - 1);
  if (before?.to === at) return before.run;
  const running = runAt(runs, at);
  if (running !== undefined || is_named) return running;
  const last = lastStarted(runIntervals(runs), at);
  return last !== undefined && at <= (last.late_until ?? -Infinity) ? last.run : undefined;
}
