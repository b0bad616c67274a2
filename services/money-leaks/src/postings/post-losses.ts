/**
 * Keeps the ledger in step with the facts: in every affected interval the postings that the facts give are compared
 * with the rows that the ledger holds. What is wrong is reversed, what is missing is posted. The same facts in any
 * order give the same net rows.
 */
import { noFacts, type LineFacts, type PostedRow } from '@plantops/accounting';
import type { Tx } from '@plantops/persistence';
import { addCounts, completeFacts, factsSoFar, loadRows } from '../facts/load-facts.ts';
import type { Located } from '../facts/read-rows.ts';
import type { Affected } from './affected.rules.ts';
import { append } from './append.ts';
import { LEDGER_COLUMNS, ledgerRow, postedRow, type LedgerRow } from './ledger-row.ts';
import { limitFacts } from './limit-facts.ts';
import {
  dueIn,
  neededRows,
  needsCounts,
  roundsOf,
  withNeighbours,
  type PostingInterval,
} from './posting-intervals.rules.ts';

/**
 * Posts what is due in affected intervals. The caller holds the locks of their lines; lines that are not in `lines` are
 * left out.
 */
export async function postLosses(
  tx: Tx,
  affected: readonly Affected[],
  lines: ReadonlyMap<string, Located>,
  now: string,
): Promise<void> {
  for (const round of roundsOf(affected)) {
    const located = round.flatMap((one) => {
      const found = lines.get(one.line_id);
      return found === undefined ? [] : [{ ...one, ...found }];
    });
    const facts = await loadFor(tx, located);
    await settle(tx, located, facts, now);
  }
}

type LocatedInterval = PostingInterval & Located;

/** Loads what the postings of the intervals depend on, counts only where they do. */
async function loadFor(tx: Tx, intervals: readonly LocatedInterval[]): Promise<Map<string, LineFacts>> {
  await limitFacts(tx, intervals, ['scrap', 'state']);
  const asked = intervals.map(({ line, plant, interval }) => ({ line, plant, window: withNeighbours(interval) }));
  const rows = await loadRows(tx, asked, { counts: false, upToNow: true });
  const facts = factsSoFar(rows);
  const onCounts = intervals.filter(({ line_id, interval }) => needsCounts(facts.get(line_id) ?? noFacts, interval));
  await limitFacts(tx, onCounts, ['count', 'scrap', 'state']);
  const lineIds = new Set(onCounts.map(({ line_id }) => line_id));
  return completeFacts(tx, await addCounts(tx, rows, lineIds, { upToNow: true }));
}

/** Compares all lines with the ledger at once, and appends what is needed. */
async function settle(
  tx: Tx,
  intervals: readonly LocatedInterval[],
  facts: ReadonlyMap<string, LineFacts>,
  now: string,
): Promise<void> {
  const settling = intervals.map((one) => {
    const ofLine = facts.get(one.line_id) ?? noFacts;
    return { ...one, facts: ofLine, due: dueIn(one, ofLine) };
  });
  const held = await readLedger(
    tx,
    settling.flatMap(({ due }) => [...due.source_ids]),
  );
  const entries = settling.flatMap(({ line, affected, facts: ofLine, due }) =>
    neededRows(affected, due, ofLine, (sourceId) => held.get(sourceId) ?? []).map(({ posting, cause }) => ({
      row: ledgerRow(posting, { tenant: tx.tenant, line, cause_event_id: cause.event_id, recorded_at: now }),
      cause,
    })),
  );
  await append(tx, entries, now);
}

/** The rows of the ledger by source. */
async function readLedger(tx: Tx, sourceIds: readonly string[]): Promise<Map<string, PostedRow[]>> {
  if (sourceIds.length === 0) return new Map();
  const rows = await tx.query<LedgerRow>(
    `select ${LEDGER_COLUMNS}
     from money_leak
     where tenant_id = $1 and source_id = any($2::uuid[])`,
    [tx.tenant, sourceIds],
  );
  return Map.groupBy(rows.map(postedRow), ({ source_id }) => source_id);
}
