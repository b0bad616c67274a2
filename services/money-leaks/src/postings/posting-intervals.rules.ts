/** Which intervals are posted together, which sources have postings there, and which rows the ledger needs. */
import { batchRuns, correct, runOf, wantedPostings } from '@plantops/accounting';
import type { Interval, LineFacts, PostedRow, Posting, Reversal, Scrap } from '@plantops/accounting';
import { enclosing, MS_PER_DAY } from '../facts/intervals.rules.ts';
import type { Affected, Cause } from './affected.rules.ts';

/** Stops, batches and scrap events, by id: what postings are for. */
type SourceIds = {
  readonly stop_ids: readonly string[];
  readonly batch_ids: readonly string[];
  readonly scrap_ids: readonly string[];
};

/** All that is affected of a line in one round, and the interval around it. */
export type PostingInterval = {
  readonly line_id: string;
  readonly interval: Interval;
  readonly affected: readonly Affected[];
};

/**
 * Intervals of a line that lie more than a day apart are posted one after the other, so that what lies between them is
 * not loaded. Each round has at most one interval of a line.
 */
export function roundsOf(affected: readonly Affected[]): PostingInterval[][] {
  const roundOf = new Map<Affected, number>();
  for (const ofLine of Map.groupBy(affected, ({ line_id }) => line_id).values()) {
    let [round, until] = [-1, -Infinity];
    for (const one of ofLine.toSorted((a, b) => a.interval.from - b.interval.from)) {
      if (one.interval.from > until + MS_PER_DAY) round += 1;
      until = Math.max(until, one.interval.to);
      roundOf.set(one, round);
    }
  }
  const rounds = Map.groupBy(affected, (one) => roundOf.get(one) ?? 0);
  return [...rounds].toSorted(([a], [b]) => a - b).map(([, ofRound]) => byLine(ofRound));
}

function byLine(affected: readonly Affected[]): PostingInterval[] {
  const lines = Map.groupBy(affected, ({ line_id }) => line_id);
  return [...lines].map(([line_id, ofLine]) => ({
    line_id,
    interval: enclosing(ofLine.map(({ interval }) => interval)),
    affected: ofLine,
  }));
}

/**
 * What begins as the interval ends, or ends as it begins, is a source as well: its own day is read too, even if that is
 * another one.
 */
export function withNeighbours({ from, to }: Interval): Interval {
  return { from: from - 1, to: to + 1 };
}

/**
 * The sources with postings in an interval: ended stops and closed batches that overlap or meet it, scrap in it, and
 * the scrap of such batches, which lies anywhere in their time, also before they have ended.
 */
export function sourcesIn(facts: LineFacts, { from, to }: Interval): SourceIds {
  const meets = (lasting: { from: number; to: number | null }) =>
    lasting.from <= to && (lasting.to ?? Infinity) >= from;
  const runs = batchRuns(facts);
  const met = new Set(runs.filter((run) => meets({ from: run.from, to: run.late_until })));
  const isOfBatch = (scrap: Scrap): boolean => {
    const run = runOf(runs, scrap);
    return run !== undefined && met.has(run);
  };
  return {
    stop_ids: facts.stops.filter((stop) => stop.to !== null && meets(stop)).map(({ id }) => id),
    batch_ids: [...met].filter((run) => run.to !== null && run.closed).map(({ batch }) => batch.id),
    scrap_ids: facts.scraps
      .filter((scrap) => (scrap.at >= from && scrap.at <= to) || isOfBatch(scrap))
      .map(({ id }) => id),
  };
}

/**
 * Counts are many, and only the postings of closed batches and of scrap without a batch depend on them: a shift or clock
 * hour without a batch was busy when something was counted in it.
 */
export function needsCounts(facts: LineFacts, interval: Interval): boolean {
  return sourcesIn(facts, interval).batch_ids.length > 0 || facts.scraps.some(({ batch_id }) => batch_id === null);
}

/** What is due in an interval: its sources, and all ids under which the ledger may hold rows that are no longer due. */
export type Due = { readonly sources: SourceIds; readonly source_ids: ReadonlySet<string> };

/** A source that was voided has no postings: the ledger's rows of every source that changed are compared as well. */
export function dueIn({ interval, affected }: PostingInterval, facts: LineFacts): Due {
  const sources = sourcesIn(facts, interval);
  const changed = affected.flatMap(({ source_ids }) => source_ids);
  return {
    sources,
    source_ids: new Set([...sources.stop_ids, ...sources.batch_ids, ...sources.scrap_ids, ...changed]),
  };
}

/** A row that the ledger needs, and what caused it. */
export type Needed = { readonly posting: Posting | Reversal; readonly cause: Cause };

/**
 * The reversals and postings that bring the ledger in step with the facts. Each has the cause that changed its source,
 * or else the last cause that affected the line.
 */
export function neededRows(
  affected: readonly Affected[],
  due: Due,
  facts: LineFacts,
  rowsOf: (sourceId: string) => PostedRow[],
): Needed[] {
  const last = affected.at(-1)?.cause;
  if (last === undefined) return [];
  const { reversals, postings } = correct([...due.source_ids].flatMap(rowsOf), wantedPostings(facts, due.sources));
  const causes = new Map(affected.flatMap(({ source_ids, cause }) => source_ids.map((id) => [id, cause] as const)));
  return [...reversals, ...postings].map((posting) => ({ posting, cause: causes.get(posting.source_id) ?? last }));
}
