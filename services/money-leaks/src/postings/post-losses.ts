/**
 * Keeps the ledger in step with the facts: for the time of a line that a fact has touched, the rows the rules want are compared with
 * the rows the ledger holds; what is wrong is reversed, what is missing is posted. The same facts in any order give the same net rows.
 */
import { batchRuns, correct, noFacts, runOf, wantedPostings, type Interval, type LineFacts, type Scrap } from '@plantops/accounting';
import type { LineRow, PlantRow } from '@plantops/contracts';
import { findMaster, type Cause, type Tx } from '@plantops/persistence';
import { linesWithPlants, loadFacts } from '../facts/load-facts.ts';
import { append, type Entry } from './append.ts';
import { LEDGER_VIEW, ledgerRow, postedRow, type LedgerRow } from './ledger-row.ts';
import { refuseTooMany } from './limit-facts.ts';

/** Time of a line that is to be looked at again, the sources whose facts changed there, and the event behind it. */
export type Touched = {
  readonly line_id: string;
  readonly interval: Interval;
  readonly source_ids: readonly string[];
  readonly cause: Cause & { readonly event_id: string };
};

type Located = { readonly line: LineRow; readonly plant: PlantRow; readonly window: Interval; readonly touched: readonly Touched[] };

/**
 * Facts and what prices them (lines, plants, products) come on streams of their own. Whoever comes second must see what the first one
 * has committed: facts share this lock, master data takes it for itself.
 */
export const PRICES_LOCK = 'prices';

/** One writer at a time for the ledger of a line. */
export const lockLines = (tx: Tx, lineIds: readonly string[]): Promise<void> => tx.lock(...lineIds.map((lineId) => `ledger/${lineId}`));

export const postLosses = async (tx: Tx, touched: readonly Touched[], now: string): Promise<void> => {
  await lockLines(
    tx,
    touched.map(({ line_id }) => line_id),
  );
  for (const round of rounds(touched)) await postRound(tx, round, now);
};

const APART_MS = 86_400_000;
/** Times of a line that lie more than a day apart are looked at one after the other: what lies between them is not loaded. */
const rounds = (touched: readonly Touched[]): Touched[][] => {
  const roundOf = new Map<Touched, number>();
  for (const ofLine of Map.groupBy(touched, ({ line_id }) => line_id).values()) {
    let [round, until] = [-1, -Infinity];
    for (const one of ofLine.toSorted((a, b) => a.interval.from - b.interval.from)) {
      if (one.interval.from > until + APART_MS) round += 1;
      until = Math.max(until, one.interval.to);
      roundOf.set(one, round);
    }
  }
  const inRounds = Map.groupBy(touched, (one) => roundOf.get(one) ?? 0);
  return [...inRounds].toSorted(([a], [b]) => a - b).map(([, ofRound]) => ofRound);
};

const postRound = async (tx: Tx, touched: readonly Touched[], now: string): Promise<void> => {
  const byLine = Map.groupBy(touched, ({ line_id }) => line_id);
  const lines = await findMaster<LineRow>(tx, 'line', [...byLine.keys()]);
  const located = (await linesWithPlants(tx, [...lines.values()])).map(({ line, plant }) => {
    const ofLine = byLine.get(line.id) ?? [];
    return { line, plant, touched: ofLine, window: hull(ofLine.map(({ interval }) => interval)) };
  });
  await refuseTooMany(tx, located, ['scrap', 'state']);
  const facts = await loadFacts(tx, located.map(withNeighbours), { units: false, upToNow: true });
  // Units are many, and only what a closed batch or scrap of no batch posts depends on them.
  const onUnits = located.filter(({ line, window }) => standsOnUnits(facts.get(line.id) ?? noFacts, window));
  await refuseTooMany(tx, onUnits, ['count', 'scrap', 'state']);
  const withUnits = await loadFacts(tx, onUnits.map(withNeighbours), { units: true, upToNow: true });
  await settle(
    tx,
    located.map((one) => ({ ...one, facts: withUnits.get(one.line.id) ?? facts.get(one.line.id) ?? noFacts })),
    now,
  );
};

/** What begins as the window ends, or ends as it begins, is a source as well: its own day is read with it, also when that is another one. */
const withNeighbours = (located: Located): Located => ({
  ...located,
  window: { from: located.window.from - 1, to: located.window.to + 1 },
});

const hull = (intervals: readonly Interval[]): Interval =>
  intervals.reduce((one, { from, to }) => ({ from: Math.min(one.from, from), to: Math.max(one.to, to) }), {
    from: Infinity,
    to: -Infinity,
  });

const standsOnUnits = (facts: LineFacts, window: Interval): boolean =>
  sourcesIn(facts, window).batch_ids.length > 0 || facts.scraps.some(({ batch_id }) => batch_id === null);

/** Ended stops, closed batches and scrap that lie in a window or touch it; scrap of a batch lies anywhere in its time, before it has ended too. */
const sourcesIn = (facts: LineFacts, { from, to }: Interval) => {
  const touches = (span: { from: number; to: number | null }) => span.from <= to && (span.to ?? Infinity) >= from;
  const runs = batchRuns(facts);
  const touched = new Set(runs.filter(touches));
  const isOfTouched = (scrap: Scrap): boolean => {
    const run = runOf(runs, scrap);
    return run !== undefined && touched.has(run);
  };
  return {
    stop_ids: facts.stops.filter((stop) => stop.to !== null && touches(stop)).map(({ id }) => id),
    batch_ids: [...touched].filter((run) => run.to !== null && run.closed).map(({ batch }) => batch.id),
    scrap_ids: facts.scraps.filter((scrap) => (scrap.at >= from && scrap.at <= to) || isOfTouched(scrap)).map(({ id }) => id),
  };
};

type Unsettled = Located & { readonly facts: LineFacts };

/** One look at the ledger and one posting for all lines, however many there are. */
const settle = async (tx: Tx, lines: readonly Unsettled[], now: string): Promise<void> => {
  const wanted = lines.map((one) => {
    const sources = sourcesIn(one.facts, one.window);
    // A source that was voided wants nothing; what the ledger still holds for it is taken back.
    const named = one.touched.flatMap(({ source_ids }) => source_ids);
    return { ...one, sources, ids: new Set([...sources.stop_ids, ...sources.batch_ids, ...sources.scrap_ids, ...named]) };
  });
  const held = await tx.query<LedgerRow>(`select ${LEDGER_VIEW} from money_leak where tenant_id = $1 and source_id = any($2::uuid[])`, [
    tx.tenant,
    wanted.flatMap(({ ids }) => [...ids]),
  ]);
  const heldBy = Map.groupBy(held, ({ source_id }) => source_id);
  const entries = wanted.flatMap(({ line, facts, sources, ids, touched }): Entry[] => {
    const last = touched.at(-1)?.cause;
    if (last === undefined) return [];
    const rows = [...ids].flatMap((id) => heldBy.get(id) ?? []);
    const { reversals, postings } = correct(rows.map(postedRow), wantedPostings(facts, sources));
    const causes = new Map(touched.flatMap((one) => one.source_ids.map((id) => [id, one.cause])));
    return [...reversals, ...postings].map((posting) => {
      const cause = causes.get(posting.source_id) ?? last;
      return { row: ledgerRow(posting, { tenant: tx.tenant, line, cause_event_id: cause.event_id, recorded_at: now }), cause };
    });
  });
  await append(tx, entries, now);
};
