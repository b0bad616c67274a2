/** What the rows of the ledger amount to by line and clock hour (UTC), kept as they are appended. */
import type { Tx } from '@plantops/persistence';

type Amount = { readonly line_id: string; readonly occurred_from: string; readonly amount: string };

/** Adds the amounts of new rows to the hours they occurred in. */
export async function apply(tx: Tx, rows: readonly Amount[]): Promise<void> {
  await tx.query(
    `insert into leak_hour (tenant_id, line_id, hour, amount)
     select $1, line_id, hour, sum(amount)
     from unnest($2::uuid[], $3::timestamptz[], $4::numeric[]) as l(line_id, hour, amount)
     group by line_id, hour
     order by line_id, hour
     on conflict (tenant_id, line_id, hour) do update set amount = leak_hour.amount + excluded.amount`,
    [
      tx.tenant,
      rows.map(({ line_id }) => line_id),
      rows.map(({ occurred_from }) => `${occurred_from.slice(0, 13)}:00:00.000Z`),
      rows.map(({ amount }) => amount),
    ],
  );
}

/** What lines lost since an instant, and in two hours of the week before it on average; since: the start of an hour. */
export type Burning = { line_id: string; since: string; amount_usd: number; usual_usd: number };

const WEEK_HOURS = 168;
const LEAST_HISTORY_HOURS = 24;

/** The lines that lost at least so much since an instant and have a day of history before it. */
export function readBurning(
  tx: Tx,
  lineIds: readonly string[],
  since: string,
  leastUsd: number,
  timesUsual: number,
): Promise<Burning[]> {
  return tx.query<Burning>(
    `with burning as (
       select line_id, sum(amount) as amount
       from leak_hour
       where tenant_id = $1 and line_id = any($2::uuid[]) and hour >= $3
       group by line_id
       having sum(amount) >= $4)
     select b.line_id, $3::timestamptz as since, round(b.amount, 2) as amount_usd, round(u.usual, 2) as usual_usd
     from burning b
     cross join lateral (
       select 2 * sum(h.amount) / ${WEEK_HOURS} as usual, min(h.hour) as first
       from leak_hour h
       where h.tenant_id = $1 and h.line_id = b.line_id
         and h.hour < $3 and h.hour >= $3::timestamptz - interval '${WEEK_HOURS} hours') u
     where u.first <= $3::timestamptz - interval '${LEAST_HISTORY_HOURS} hours' and b.amount >= $5 * u.usual
     order by b.amount desc, b.line_id`,
    [tx.tenant, lineIds, since, leastUsd, timesUsual],
  );
}
