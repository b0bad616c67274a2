/** Sums of the ledger over windows of plants, and the shares they make. */
import { shares, toCents } from '@plantops/accounting';
import type { LeakCategory } from '@plantops/contracts';
import type { Tx } from '@plantops/persistence';
import type { PlantWindow } from '../oee/windows.ts';

export type Scope = {
  readonly line_id?: string | undefined;
  readonly product_id?: string | undefined;
  readonly as_of?: string | undefined;
};
export type Sum = {
  category: LeakCategory;
  line_id: string;
  business_date: string;
  source_type: string;
  rule: string;
  total: string;
  avoidable: string;
  count: number;
};

/**
 * The net postings of the windows by category, line and business day, as they were known at `as_of`. A row belongs to the window it
 * occurred in. Where people have said otherwise of a posting than the ledger, whether it could have been avoided is theirs to say.
 */
export const sumsOf = (tx: Tx, windows: readonly PlantWindow[], { line_id, product_id, as_of }: Scope): Promise<Sum[]> =>
  tx.query<Sum>(
    `with w as (select * from unnest($2::uuid[], $3::timestamptz[], $4::timestamptz[]) as w(plant_id, since, until)),
          t as (
       select t.category, t.line_id, t.business_date, t.source_type, t.rule, t.amount as net, case when t.is_avoidable then t.amount else 0 end as avoidable,
              case when t.reverses_id is null then 1 else -1 end as count
       from w join money_leak t on t.tenant_id = $1 and t.plant_id = w.plant_id and t.occurred_from >= w.since and t.occurred_from < w.until
       where ($5::uuid is null or t.line_id = $5) and ($6::uuid is null or t.product_id = $6) and ($7::timestamptz is null or t.recorded_at <= $7)
       union all
       select t.category, t.line_id, t.business_date, t.source_type, t.rule, 0, case when a.is_avoidable then t.amount else -t.amount end, 0
       from money_leak_action a join money_leak t on t.tenant_id = $1 and (t.id = a.money_leak_id or t.reverses_id = a.money_leak_id)
       join w on t.plant_id = w.plant_id and t.occurred_from >= w.since and t.occurred_from < w.until
       where a.tenant_id = $1 and a.is_avoidable <> t.is_avoidable
         and ($5::uuid is null or t.line_id = $5) and ($6::uuid is null or t.product_id = $6) and ($7::timestamptz is null or t.recorded_at <= $7))
     select category, line_id, business_date, source_type, rule, sum(net)::text as total, sum(avoidable)::text as avoidable, sum(count)::integer as count
     from t group by category, line_id, business_date, source_type, rule`,
    [
      tx.tenant,
      windows.map(({ plant_id }) => plant_id),
      windows.map(({ from }) => new Date(from).toISOString()),
      windows.map(({ to }) => new Date(to).toISOString()),
      line_id ?? null,
      product_id ?? null,
      as_of ?? null,
    ],
  );

export const total = (sums: readonly Sum[]): number => Number(toCents(...sums.map((sum) => sum.total)));
export const avoidable = (sums: readonly Sum[]): number => Number(toCents(...sums.map((sum) => sum.avoidable)));

/** By category, dearest first, with shares that add up to exactly 100. */
export const byCategory = (sums: readonly Sum[], decimals: 0 | 2) => {
  const groups = [...Map.groupBy(sums, ({ category }) => category)]
    .map(([category, of]) => ({
      category,
      total: total(of),
      count: of.reduce((count, sum) => count + sum.count, 0),
      avoidable_total: avoidable(of),
    }))
    .filter(({ count, total: amount }) => count !== 0 || amount !== 0)
    .sort((a, b) => b.total - a.total || a.category.localeCompare(b.category));
  const percentages = shares(
    groups.map((group) => group.total),
    decimals,
  );
  return groups.map((group, index) => ({ ...group, percentage: percentages[index] ?? null }));
};

const MOST_LINES = 5;
/** The dearest lines, as shares of the total of all of them. */
export const topLines = (sums: readonly Sum[], nameOf: (lineId: string) => string, decimals: 0 | 2) => {
  const groups = [...Map.groupBy(sums, ({ line_id }) => line_id)]
    .map(([line_id, of]) => ({ line_id, line_name: nameOf(line_id), total: total(of) }))
    .sort((a, b) => b.total - a.total || a.line_id.localeCompare(b.line_id));
  const percentages = shares(
    groups.map((group) => group.total),
    decimals,
  );
  return groups.map((group, index) => ({ ...group, percentage: percentages[index] ?? null })).slice(0, MOST_LINES);
};
