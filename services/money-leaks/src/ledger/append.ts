import { moneyLeakRecorded, moneyLeakReversed, type MoneyLeakRow } from '@plantops/contracts';
import { announce, announcement, type Cause, type Tx } from '@plantops/persistence';
import { LEAK_VIEW, type LedgerRow } from './ledger-row.ts';

/** Appends rows to the ledger, adds them to the sums of their hours, and announces them, however many, in a fixed number of statements. */
export const append = async (tx: Tx, rows: readonly LedgerRow[], cause: Cause, now: string): Promise<MoneyLeakRow[]> => {
  if (rows.length === 0) return [];
  const leaks = await tx.query<MoneyLeakRow>(
    `with t as (insert into money_leak select * from jsonb_populate_recordset(null::money_leak, $1::jsonb) returning *) select ${LEAK_VIEW} from t`,
    [JSON.stringify(rows)],
  );
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
  await announce(
    tx,
    leaks.map((leak) => announcement(leak.reverses_id === null ? moneyLeakRecorded : moneyLeakReversed, leak, leak.id)),
    cause,
    now,
  );
  return leaks;
};
