/** Local days of a plant, and the intervals that they make up. */
import { localDateOf, midnightOf, midnightsIn, shiftsIn, type Interval } from '@plantops/accounting';
import type { PlantRow } from '@plantops/contracts';
import { enclosing, MS_PER_DAY } from './intervals.rules.ts';
import { calendarsOf } from './line-facts.rules.ts';

const DAY_AND_A_HALF_MS = 1.5 * MS_PER_DAY;

/** The local midnight at or before an instant. */
function startOfDay(timezone: string, at: number): number {
  return midnightsIn(timezone, { from: at - DAY_AND_A_HALF_MS, to: at + 1 }).at(-1) ?? at;
}

/** The first local midnight after an instant. */
function endOfDay(timezone: string, at: number): number {
  return midnightsIn(timezone, { from: at, to: at + DAY_AND_A_HALF_MS })[0] ?? at;
}

/** The whole local day that an instant lies in. */
export function dayOf(timezone: string, at: number): Interval & { readonly date: string } {
  return { from: startOfDay(timezone, at), to: endOfDay(timezone, at), date: localDateOf(timezone, at) };
}

/** The whole local days and shifts that an interval overlaps: no cell of the ladder lies beyond them. */
export function wholeDays(plant: PlantRow, { from, to }: Interval): Interval {
  const days = { from: startOfDay(plant.timezone, from), to: endOfDay(plant.timezone, to - 1) };
  return enclosing([days, ...shiftsIn({ timezone: plant.timezone, calendars: calendarsOf(plant) }, days)]);
}

/** The local days that lie in an interval whole: from `first` on, up to but not including `last`. */
export function wholeDaysIn(timezone: string, { from, to }: Interval): { first: string; last: string } {
  const date = localDateOf(timezone, from);
  return { first: midnightOf(timezone, date) === from ? date : dayAfter(date), last: localDateOf(timezone, to) };
}

export function dayAfter(date: string): string {
  return new Date(Date.parse(date) + MS_PER_DAY).toISOString().slice(0, 10);
}
