/** Sums of the ledger over windows of plants, and the shares they make. */
import { shares, toCents } from '@plantops/accounting';
import type { LeakCategory } from '@plantops/contracts';
import type { Tx } from '@plantops/persistence';
import type { PlantWindow } from '../oee/windows.ts';

export type Scope = { readonly line_id?: string | undefined; readonly product_id?: string | undefined };
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

/** The net postings of the windows by category, line and business day. A row belongs to the window it occurred in. */
export const sumsOf = (tx: Tx, windows: readonly PlantWindow[], { line_id, product_id }: Scope): Promise<Sum[]> =>
  tx.query<Sum>(
    `select t.category, t.line_id, t.business_date, t.source_type, t.rule, sum(t.amount)::text as total, coalesce(sum(t.amount) filter (where t.is_avoidable), 0)::text as avoidable,
            count(*) filter (where t.reverses_id is null) - count(*) filter (where t.reverses_id is not null) as count
     from unnest($2::uuid[], $3::timestamptz[], $4::timestamptz[]) as w(plant_id, since, until)
     join money_leak t on t.tenant_id = $1 and t.plant_id = w.plant_id and t.occurred_from >= w.since and t.occurred_from < w.until
     where ($5::uuid is null or t.line_id = $5) and ($6::uuid is null or t.product_id = $6)
     group by t.category, t.line_id, t.business_date, t.source_type, t.rule`,
    [
      tx.tenant,
      windows.map(({ plant_id }) => plant_id),
      windows.map(({ from }) => new Date(from).toISOString()),
      windows.map(({ to }) => new Date(to).toISOString()),
      line_id ?? null,
      product_id ?? null,
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
