/**
 * The sums of the ledger by the plant's local day and month, kept in the transaction that appends: of each line by product, source and
 * rule, and of the plant as a whole. Reports add these up, however long the history is.
 */
import type { Tx } from '@plantops/persistence';
import { NET_IS_AVOIDABLE, netLeaks } from '../postings/ledger-row.ts';

/** What the postings of a condition add to the sums. In the order of the key, so that two copies never wait for each other's rows. */
const adding = (condition: string) => `
  with t as (
    select t.*, (t.occurred_from at time zone coalesce(p.data->>'timezone', 'UTC'))::date as local_date, ${NET_IS_AVOIDABLE} as avoids
    from ${netLeaks()} left join master p on p.tenant_id = t.tenant_id and p.kind = 'plant' and p.id = t.plant_id
    where t.tenant_id = $1 and ${condition}),
  g as (
    select t.*, g.grain, g.of_line, case g.grain when 'day' then t.local_date else date_trunc('month', t.local_date)::date end as began
    from t cross join (values ('day', true), ('month', true), ('day', false), ('month', false)) as g(grain, of_line)),
  k as (
    select plant_id, grain, case when of_line then line_id end as line_id, began, case grain when 'day' then business_date end as business_date, category,
      case when of_line then source_type end as source_type, case when of_line then rule end as rule, case when of_line then product_id end as product_id,
      amount, case when avoids then amount else 0 end as avoidable, case when reverses_id is null then 1 else -1 end as count
    from g)
  insert into leak_sum as s (tenant_id, plant_id, grain, line_id, began, business_date, category, source_type, rule, product_id, amount, avoidable, count)
    select $1, plant_id, grain, line_id, began, business_date, category, source_type, rule, product_id, $2 * sum(amount), $2 * sum(avoidable), $2 * sum(count)
    from k group by plant_id, grain, line_id, began, business_date, category, source_type, rule, product_id
    order by plant_id, grain, line_id, began, business_date, category, source_type, rule, product_id
  on conflict on constraint leak_sum_key do update set amount = s.amount + excluded.amount, avoidable = s.avoidable + excluded.avoidable, count = s.count + excluded.count`;

/** Adds postings to the sums, or, with -1, takes them out. */
export const addToSums = async (tx: Tx, ids: readonly string[], times: 1 | -1 = 1): Promise<void> => {
  await tx.query(adding('t.id = any($3::uuid[])'), [tx.tenant, times, ids]);
};

/** Adds a plant's sums up anew: its days begin at another hour now. */
export const sumUpPlant = async (tx: Tx, plantId: string): Promise<void> => {
  await tx.query('delete from leak_sum where tenant_id = $1 and plant_id = $2', [tx.tenant, plantId]);
  await tx.query(adding('t.plant_id = $3'), [tx.tenant, 1, plantId]);
};
