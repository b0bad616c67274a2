/** Totals of sums, and the shares they make. */
import { shares, toCents } from '@plantops/accounting';
import type { Sum } from '../projections/sums.ts';

export const total = (sums: readonly Sum[]): number => Number(toCents(...sums.map((sum) => sum.total)));
export const avoidable = (sums: readonly Sum[]): number => Number(toCents(...sums.map((sum) => sum.avoidable)));

/** Whether anything stands of what was posted: rows that were all taken back are nothing to show. */
export const standing = ({ count, total: amount }: Pick<Sum, 'count'> & { total: number | string }): boolean =>
  count !== 0 || Number(amount) !== 0;

/** By category, dearest first, with shares that add up to exactly 100. */
export const byCategory = (sums: readonly Sum[], decimals: 0 | 2) => {
  const groups = [...Map.groupBy(sums, ({ category }) => category)]
    .map(([category, of]) => ({
      category,
      total: total(of),
      count: of.reduce((count, sum) => count + sum.count, 0),
      avoidable_total: avoidable(of),
    }))
    .filter(standing)
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
  const groups = [...Map.groupBy(sums.filter(standing), ({ line_id }) => line_id ?? '')]
    .map(([line_id, of]) => ({ line_id, line_name: nameOf(line_id), total: total(of) }))
    .sort((a, b) => b.total - a.total || a.line_id.localeCompare(b.line_id));
  const percentages = shares(
    groups.map((group) => group.total),
    decimals,
  );
  return groups.map((group, index) => ({ ...group, percentage: percentages[index] ?? null })).slice(0, MOST_LINES);
};
