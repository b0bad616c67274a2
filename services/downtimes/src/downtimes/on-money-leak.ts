import type { CloudEvent, MoneyLeakRow } from '@plantops/contracts';
import type { Tx } from '@plantops/persistence';

/** Keeps what each stop has cost: the sum of its postings and their reversals, each counted once. */
export const onMoneyLeaks = async (tx: Tx, events: readonly CloudEvent[]): Promise<void> => {
  const postings = events.map(({ data }) => data as MoneyLeakRow).filter(({ source_type }) => source_type === 'downtime');
  if (postings.length === 0) return;
  await tx.query(
    `insert into downtime_cost (downtime_id, tenant_id, amount)
     select downtime_id, $1, sum(amount) from unnest($2::uuid[], $3::numeric[]) as p(downtime_id, amount) group by downtime_id order by downtime_id
     on conflict (downtime_id) do update set amount = downtime_cost.amount + excluded.amount`,
    [tx.tenant, postings.map(({ source_id }) => source_id), postings.map(({ amount_usd }) => amount_usd)],
  );
};
