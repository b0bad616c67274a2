import { moneyLeakRecorded, moneyLeakReversed, type MoneyLeakRow } from '@plantops/contracts';
import { announce, announcement, type Cause, type Tx } from '@plantops/persistence';
import * as keptSums from '../projections/kept-sums.ts';
import * as leakHours from '../projections/leak-hours.ts';
import { LEAK_VIEW, LEDGER_NAMES, type LedgerRow } from './ledger-row.ts';

/** A row to append and what caused it. */
export type Entry = { readonly row: LedgerRow; readonly cause: Cause };

/**
 * Appends rows to the ledger, adds them to the kept sums and announces them: a fixed number of statements for any
 * number of rows.
 */
export async function append(tx: Tx, entries: readonly Entry[], now: string): Promise<void> {
  const [first] = entries;
  if (first === undefined) return;
  const rows = entries.map(({ row }) => row);
  const leaks = await tx.query<MoneyLeakRow>(
    `with t as (
       insert into money_leak (${LEDGER_NAMES}, exact_unit_cost)
       select ${LEDGER_NAMES}, exact_unit_cost from jsonb_populate_recordset(null::money_leak, $1::jsonb)
       returning *)
     select ${LEAK_VIEW} from t`,
    [JSON.stringify(rows.map((row) => ({ ...row, exact_unit_cost: row.unit_cost })))],
  );
  const ids = rows.map(({ id }) => id);
  await Promise.all([carryOver(tx, rows), leakHours.apply(tx, rows), keptSums.apply(tx, ids)]);
  const causes = new Map(entries.map(({ row, cause }) => [row.id, cause]));
  await announce(
    tx,
    leaks.map((leak) => ({
      ...announcement(leak.reverses_id === null ? moneyLeakRecorded : moneyLeakReversed, leak, leak.id),
      cause: causes.get(leak.id) ?? first.cause,
    })),
    first.cause,
    now,
  );
}

/** What people have said of a posting holds for the one that replaces it. */
async function carryOver(tx: Tx, rows: readonly LedgerRow[]): Promise<void> {
  const reversed = rows.flatMap(({ reverses_id }) => reverses_id ?? []);
  if (reversed.length === 0) return;
  await tx.query(
    `insert into money_leak_action (
       money_leak_id, tenant_id, is_avoidable, action_taken, version, updated_at, updated_by)
     select distinct on (n.id) n.id, $1, a.is_avoidable, a.action_taken, a.version, a.updated_at, a.updated_by
     from money_leak n
     join money_leak o on o.tenant_id = $1 and o.source_id = n.source_id and o.rule = n.rule
     join money_leak_action a on a.money_leak_id = o.id
     where n.tenant_id = $1 and n.id = any($2::uuid[]) and n.reverses_id is null and o.id = any($3::uuid[])
     order by n.id, a.updated_at desc
     on conflict do nothing`,
    [tx.tenant, rows.map(({ id }) => id), reversed],
  );
}
