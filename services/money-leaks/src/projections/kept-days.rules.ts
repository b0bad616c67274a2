/** Which kept days answer a question, and what is left of it to compute. */
import { midnightOf, type Interval } from '@plantops/accounting';
import { dayAfter } from '../facts/days.rules.ts';
import type { LineWindow } from '../facts/rows.rules.ts';

/** Whole local days of a line, one after the other, both ends included. */
export type Days = { readonly line_id: string; readonly first: string; readonly last: string };

/** Runs of kept days of a line that a question uses: what lies between shorter ones is computed as fast. */
export const MOST_RUNS = 3;

/** The longest runs of each line, in order. */
export function longestRuns(days: readonly Days[]): Map<string, Days[]> {
  const lengthOf = ({ first, last }: Days) => Date.parse(last) - Date.parse(first);
  const byLine = Map.groupBy(days, ({ line_id }) => line_id);
  return new Map(
    [...byLine].map(([lineId, runs]) => {
      const longest = runs.toSorted((a, b) => lengthOf(b) - lengthOf(a)).slice(0, MOST_RUNS);
      return [lineId, longest.toSorted((a, b) => a.first.localeCompare(b.first))];
    }),
  );
}

/** The parts of a window that lie outside the kept days of its line, in order. */
export function missingIn({ window, plant }: Pick<LineWindow, 'window' | 'plant'>, days: readonly Days[]): Interval[] {
  const missing: Interval[] = [];
  let { from } = window;
  for (const { first, last } of days) {
    missing.push({ from, to: midnightOf(plant.timezone, first) });
    from = midnightOf(plant.timezone, dayAfter(last));
  }
  missing.push({ from, to: window.to });
  return missing.filter((part) => part.from < part.to);
}
