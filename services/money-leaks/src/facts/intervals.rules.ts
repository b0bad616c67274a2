/** Intervals are half-open and in milliseconds; they are ISO strings only in statements and messages. */
import type { Interval } from '@plantops/accounting';

export type LineInterval = { readonly line_id: string; readonly interval: Interval };

export const MS_PER_DAY = 86_400_000;
/** An instant after every other one. */
export const FOREVER = Date.parse('9999-12-31T00:00:00.000Z');

export function iso(at: number): string {
  return new Date(at).toISOString();
}

export function startingEarlier(intervals: readonly LineInterval[], ms: number): LineInterval[] {
  return intervals.map(({ line_id, interval }) => ({ line_id, interval: { ...interval, from: interval.from - ms } }));
}

/** The smallest interval that holds all of these; from Infinity to -Infinity without any. */
export function enclosing(intervals: readonly Interval[]): Interval {
  let [from, to] = [Infinity, -Infinity];
  for (const interval of intervals) {
    if (interval.from < from) from = interval.from;
    if (interval.to > to) to = interval.to;
  }
  return { from, to };
}
