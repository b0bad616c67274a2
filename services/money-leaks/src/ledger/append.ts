import { moneyLeakRecorded, moneyLeakReversed, type MoneyLeakRow } from '@plantops/contracts';
import { announce, announcement, type Cause, type Tx } from '@plantops/persistence';
import { LEAK_VIEW, type LedgerRow } from './ledger-row.ts';

/** Appends rows to the ledger and announces them, however many, in a fixed number of statements. */
export const append = async (tx: Tx, rows: readonly LedgerRow[], cause: Cause, now: string): Promise<MoneyLeakRow[]> => {
  if (rows.length === 0) return [];
  const leaks = await tx.query<MoneyLeakRow>(
    `with t as (insert into money_leak select * from jsonb_populate_recordset(null::money_leak, $1::jsonb) returning *) select ${LEAK_VIEW} from t`,
    [JSON.stringify(rows)],
  );
  await announce(
    tx,
    leaks.map((leak) => announcement(leak.reverses_id === null ? moneyLeakRecorded : moneyLeakReversed, leak, leak.id)),
    cause,
    now,
  );
  return leaks;
};
