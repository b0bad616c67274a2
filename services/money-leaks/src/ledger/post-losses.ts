/**
 * Keeps the ledger in step with the facts: for the time of a line that a fact has touched, the rows the rules want are compared with
 * the rows the ledger holds; what is wrong is reversed, what is missing is posted. The same facts in any order give the same net rows.
 */
import { batchRuns, correct, noFacts, wantedPostings, type Interval, type LineFacts } from '@plantops/accounting';
import type { LineRow, PlantRow } from '@plantops/contracts';
import { findMaster, type Cause, type Tx } from '@plantops/persistence';
import { linesWithPlants, loadFacts } from '../facts/load-facts.ts';
import { append } from './append.ts';
import { LEDGER_VIEW, ledgerRow, postedRow, type LedgerRow } from './ledger-row.ts';

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

/** One writer at a time for the ledger of a line. In one order everywhere, so that two copies never wait for each other's lines. */
export const lockLines = async (tx: Tx, lineIds: readonly string[]): Promise<void> => {
  for (const lineId of [...new Set(lineIds)].sort()) await tx.lock(`ledger/${lineId}`);
};

export const postLosses = async (tx: Tx, touched: readonly Touched[], now: string): Promise<void> => {
  const byLine = Map.groupBy(touched, ({ line_id }) => line_id);
  await lockLines(tx, [...byLine.keys()]);
  const lines = await findMaster<LineRow>(tx, 'line', [...byLine.keys()]);
  const located = (await linesWithPlants(tx, [...lines.values()])).map(({ line, plant }) => {
    const ofLine = byLine.get(line.id) ?? [];
    return { line, plant, touched: ofLine, window: hull(ofLine.map(({ interval }) => interval)) };
  });
  const facts = await loadFacts(tx, located, { units: false });
  // Units are many, and only what a closed batch or scrap of no batch posts depends on them.
  const withUnits = await loadFacts(
    tx,
    located.filter(({ line, window }) => standsOnUnits(facts.get(line.id) ?? noFacts, window)),
    { units: true },
  );
  for (const one of located) await settle(tx, one, withUnits.get(one.line.id) ?? facts.get(one.line.id) ?? noFacts, now);
};

const hull = (intervals: readonly Interval[]): Interval => ({
  from: Math.min(...intervals.map(({ from }) => from)),
  to: Math.max(...intervals.map(({ to }) => to)),
});

const standsOnUnits = (facts: LineFacts, window: Interval): boolean =>
  sourcesIn(facts, window).batch_ids.length > 0 || facts.scraps.some(({ batch_id }) => batch_id === null);

/** Ended stops, closed batches and scrap that lie in a window or touch it. */
const sourcesIn = (facts: LineFacts, { from, to }: Interval) => {
  const touches = (span: { from: number; to: number | null }) => span.to !== null && span.from <= to && span.to >= from;
  const batch_ids = batchRuns(facts)
    .filter((run) => run.closed && touches(run))
    .map(({ batch }) => batch.id);
  const ofBatches = new Set(batch_ids);
  return {
    stop_ids: facts.stops.filter(touches).map(({ id }) => id),
    batch_ids,
    scrap_ids: facts.scraps
      .filter(({ at, batch_id }) => (at >= from && at <= to) || (batch_id !== null && ofBatches.has(batch_id)))
      .map(({ id }) => id),
  };
};

const settle = async (tx: Tx, { line, window, touched }: Located, facts: LineFacts, now: string): Promise<void> => {
  const sources = sourcesIn(facts, window);
  // A source that was voided wants nothing; what the ledger still holds for it is taken back.
  const ids = [
    ...new Set([...sources.stop_ids, ...sources.batch_ids, ...sources.scrap_ids, ...touched.flatMap(({ source_ids }) => source_ids)]),
  ];
  const held = await tx.query<LedgerRow>(`select ${LEDGER_VIEW} from money_leak where tenant_id = $1 and source_id = any($2::uuid[])`, [
    tx.tenant,
    ids,
  ]);
  const { reversals, postings } = correct(held.map(postedRow), wantedPostings(facts, sources));
  const cause = touched.at(-1)?.cause;
  if (cause === undefined) return;
  const causeOf = new Map(touched.flatMap((one) => one.source_ids.map((id) => [id, one.cause])));
  const rows = [...reversals, ...postings].map((posting) =>
    ledgerRow(posting, { tenant: tx.tenant, line, cause_event_id: (causeOf.get(posting.source_id) ?? cause).event_id, recorded_at: now }),
  );
  await append(tx, rows, cause, now);
  if (reversals.length > 0) await carryOver(tx, rows);
};

/** What people have said of a posting holds for the one that takes its place. */
const carryOver = async (tx: Tx, rows: readonly LedgerRow[]): Promise<void> => {
  await tx.query(
    `insert into money_leak_action (money_leak_id, tenant_id, is_avoidable, action_taken, version, updated_at, updated_by)
     select distinct on (n.id) n.id, $1, a.is_avoidable, a.action_taken, a.version, a.updated_at, a.updated_by
     from money_leak n join money_leak o on o.tenant_id = $1 and o.source_id = n.source_id and o.rule = n.rule
     join money_leak_action a on a.money_leak_id = o.id
     where n.tenant_id = $1 and n.id = any($2::uuid[]) and n.reverses_id is null and o.id = any($3::uuid[])
     order by n.id, a.updated_at desc on conflict do nothing`,
    [tx.tenant, rows.map(({ id }) => id), rows.flatMap(({ reverses_id }) => reverses_id ?? [])],
  );
};
