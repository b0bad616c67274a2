import type { CloudEvent, MoneyLeakRow } from '@plantops/contracts';
import type { Tx } from '@plantops/persistence';

/** Keeps the cost of each stop: the sum of its postings and reversals, each counted once. */
export async function onMoneyLeaks(events: readonly CloudEvent<MoneyLeakRow>[], tx: Tx): Promise<void> {
  const costs = events
    .map(({ data }) => data)
    .filter(({ source_type }) => source_type === 'downtime')
    .map(({ source_id, amount_usd }) => ({ downtime_id: source_id, amount: amount_usd }));
  if (costs.length === 0) return;
  await tx.query(
    `insert into downtime_cost (downtime_id, tenant_id, amount)
     select downtime_id, $1, sum(amount)
     from jsonb_to_recordset($2::jsonb) as c(downtime_id uuid, amount numeric)
     group by downtime_id
     order by downtime_id
     on conflict (downtime_id) do update set amount = downtime_cost.amount + excluded.amount`,
    [tx.tenant, JSON.stringify(costs)],
  );
}
