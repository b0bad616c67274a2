/** Sums by category, line or reason: ranked, with shares that add up to exactly 100. */
import { shares, toCents } from '@plantops/accounting';
import type { getByReason, ReasonCategory } from '@plantops/contracts';
import type { z } from 'zod';
import type { Sum } from '../projections/kept-sums.rules.ts';

export function total(sums: readonly Sum[]): number {
  return Number(toCents(...sums.map((sum) => sum.total)));
}

export function avoidableTotal(sums: readonly Sum[]): number {
  return Number(toCents(...sums.map((sum) => sum.avoidable)));
}

/** False where all that was posted was reversed: there is nothing to show. */
export function isStanding({ count, total: amount }: Pick<Sum, 'count'> & { total: number | string }): boolean {
  return count !== 0 || Number(amount) !== 0;
}

/** The items with their shares in percent; null where the values add up to 0. */
function withShares<T>(
  items: readonly T[],
  valueOf: (item: T) => number,
  decimals: 0 | 2,
): (T & { percentage: number | null })[] {
  const percentages = shares(items.map(valueOf), decimals);
  return items.map((item, index) => ({ ...item, percentage: percentages[index] ?? null }));
}

/** By category, largest first. */
export function byCategory(sums: readonly Sum[], decimals: 0 | 2) {
  const groups = [...Map.groupBy(sums, ({ category }) => category)].map(([category, of]) => ({
    category,
    total: total(of),
    count: of.reduce((count, sum) => count + sum.count, 0),
    avoidable_total: avoidableTotal(of),
  }));
  const ranked = groups
    .filter(isStanding)
    .toSorted((a, b) => b.total - a.total || a.category.localeCompare(b.category));
  return withShares(ranked, (group) => group.total, decimals);
}

const MOST_LINES = 5;

/** The lines with the largest totals, as shares of the total of all lines. */
export function topLines(sums: readonly Sum[], nameOf: (lineId: string) => string, decimals: 0 | 2) {
  const groups = [...Map.groupBy(sums.filter(isStanding), ({ line_id }) => line_id ?? '')].map(([line_id, of]) => ({
    line_id,
    line_name: nameOf(line_id),
    total: total(of),
  }));
  const ranked = groups.toSorted((a, b) => b.total - a.total || a.line_id.localeCompare(b.line_id));
  return withShares(ranked, (group) => group.total, decimals).slice(0, MOST_LINES);
}

/** The totals by business date, in order. */
export function byDay(sums: readonly Sum[]): { business_date: string; total: number }[] {
  const days = Map.groupBy(sums.filter(isStanding), ({ business_date }) => business_date ?? '');
  return [...days]
    .map(([business_date, of]) => ({ business_date, total: total(of) }))
    .toSorted((a, b) => a.business_date.localeCompare(b.business_date));
}

/** An unmasked part of a stop in a window. `starts`: the stop starts in the window. */
export type StopPart = {
  readonly stop_id: string;
  readonly reason_category: string;
  readonly reason_code: string | null;
  readonly ms: number;
  readonly starts: boolean;
};
type ReasonItem = z.infer<typeof getByReason.output>['items'][number];
type Measure = 'minutes' | 'count' | 'cost_usd';

/**
 * Parts of stops by reason: their minutes, the stops that start in the window, and what the stops cost. Ranked by one
 * of these.
 */
export function byReason(
  parts: readonly StopPart[],
  costs: ReadonlyMap<string, string>,
  rankBy: Measure,
): ReasonItem[] {
  const groups = Map.groupBy(parts, ({ reason_category, reason_code }) =>
    JSON.stringify([reason_category, reason_code]),
  );
  const items = [...groups].map(([key, of]) => {
    const [reason_category, reason_code] = JSON.parse(key) as [ReasonCategory, string | null];
    const stops = new Set(of.map(({ stop_id }) => stop_id));
    return {
      reason_category,
      reason_code,
      minutes: of.reduce((sum, { ms }) => sum + ms, 0) / 60_000,
      count: new Set(of.filter(({ starts }) => starts).map(({ stop_id }) => stop_id)).size,
      cost_usd: Number(toCents(...[...stops].map((id) => costs.get(id) ?? '0'))),
    };
  });
  const ranked = items.toSorted(
    (a, b) =>
      b[rankBy] - a[rankBy] ||
      a.reason_category.localeCompare(b.reason_category) ||
      (a.reason_code ?? '').localeCompare(b.reason_code ?? ''),
  );
  return withRunningShares(withShares(ranked, (item) => item[rankBy], 2));
}

function withRunningShares<T extends { minutes: number; percentage: number | null }>(items: readonly T[]) {
  let sum = 0;
  return items.map((item) => {
    sum += item.percentage ?? 0;
    const cumulative_percentage = item.percentage === null ? null : Number(sum.toFixed(2));
    return { ...item, minutes: Number(item.minutes.toFixed(6)), cumulative_percentage };
  });
}

/** Sums of postings that scrap events and rejects caused, by their rules. */
export function scrapCosts(sums: readonly Sum[]): Sum[] {
  return sums.filter(({ source_type, rule }) => source_type === 'scrap' || /(reject|rework)$/.test(rule ?? ''));
}
