import { moneyLeakRecorded, moneyLeakReversed, type MoneyLeakRow } from '@plantops/contracts';
import { announce, announcement, type Cause, type Tx } from '@plantops/persistence';
import { addToSums } from '../projections/kept-sums.ts';
import { LEAK_VIEW, type LedgerRow } from './ledger-row.ts';

/** A row to append and what caused it. */
export type Entry = { readonly row: LedgerRow; readonly cause: Cause };

/** Appends rows to the ledger, adds them to the kept sums and announces them, however many, in a fixed number of statements. */
export const append = async (tx: Tx, entries: readonly Entry[], now: string): Promise<void> => {
  const [first] = entries;
  if (first === undefined) return;
  const rows = entries.map(({ row }) => row);
  const leaks = await tx.query<MoneyLeakRow>(
    `with t as (insert into money_leak select * from jsonb_populate_recordset(null::money_leak, $1::jsonb) returning *) select ${LEAK_VIEW} from t`,
    [JSON.stringify(rows)],
  );
  await carryOver(tx, rows);
  await addToHours(tx, rows);
  await addToSums(
    tx,
    rows.map(({ id }) => id),
  );
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
};

/** What people have said of a posting holds for the one that takes its place. */
const carryOver = async (tx: Tx, rows: readonly LedgerRow[]): Promise<void> => {
  const reversed = rows.flatMap(({ reverses_id }) => reverses_id ?? []);
  if (reversed.length === 0) return;
  await tx.query(
    `insert into money_leak_action (money_leak_id, tenant_id, is_avoidable, action_taken, version, updated_at, updated_by)
     select distinct on (n.id) n.id, $1, a.is_avoidable, a.action_taken, a.version, a.updated_at, a.updated_by
     from money_leak n join money_leak o on o.tenant_id = $1 and o.source_id = n.source_id and o.rule = n.rule
     join money_leak_action a on a.money_leak_id = o.id
     where n.tenant_id = $1 and n.id = any($2::uuid[]) and n.reverses_id is null and o.id = any($3::uuid[])
     order by n.id, a.updated_at desc on conflict do nothing`,
    [tx.tenant, rows.map(({ id }) => id), reversed],
  );
};

const addToHours = async (tx: Tx, rows: readonly LedgerRow[]): Promise<void> => {
  await tx.query(
    `insert into leak_hour (tenant_id, line_id, hour, amount)
     select $1, line_id, hour, sum(amount) from unnest($2::uuid[], $3::timestamptz[], $4::numeric[]) as l(line_id, hour, amount) group by line_id, hour order by line_id, hour
     on conflict (tenant_id, line_id, hour) do update set amount = leak_hour.amount + excluded.amount`,
    [
      tx.tenant,
      rows.map(({ line_id }) => line_id),
      rows.map(({ occurred_from }) => `${occurred_from.slice(0, 13)}:00:00.000Z`),
      rows.map(({ amount }) => amount),
    ],
  );
};
