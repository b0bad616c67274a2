/**
 * How a window of the ledger is added up: from sums of whole months and days, and from postings for what is left of it.
 */
import { midnightOf } from '@plantops/accounting';
import type { LeakCategory } from '@plantops/contracts';
import { wholeDaysIn } from '../facts/days.rules.ts';
import { iso, MS_PER_DAY } from '../facts/intervals.rules.ts';
import type { PlantWindow } from '../facts/rows.rules.ts';

/** What postings of one group amount to. Fields that the sums were not grouped by are null. */
export type Sum = {
  category: LeakCategory;
  line_id: string | null;
  business_date: string | null;
  source_type: string | null;
  rule: string | null;
  total: string;
  avoidable: string;
  count: number;
};

/**
 * The parts of a window, in order: postings from `since` to `days_since`, days from `first_day` to `first_month`,
 * months to `last_month`, days to `last_day`, and postings from `days_until` to `until`.
 */
export type WindowParts = {
  readonly plant_id: string;
  readonly since: string;
  readonly days_since: string;
  readonly days_until: string;
  readonly until: string;
  readonly first_day: string;
  readonly first_month: string;
  readonly last_month: string;
  readonly last_day: string;
};

/**
 * The parts of a window in the plant's local days. Sums of months have no business date: grouped by day, all are days.
 */
export function partsOf({ plant_id, timezone, from, to }: PlantWindow, byDay: boolean): WindowParts {
  const [since, until] = [iso(from), iso(to)];
  const { first, last } = wholeDaysIn(timezone, { from, to });
  if (first >= last) {
    const noDays = { first_day: first, first_month: first, last_month: first, last_day: first };
    return { plant_id, since, days_since: until, days_until: until, until, ...noDays };
  }
  const [firstMonth, lastMonth] = [monthFrom(first), `${last.slice(0, 7)}-01`];
  const hasMonths = !byDay && firstMonth < lastMonth;
  return {
    plant_id,
    since,
    days_since: iso(midnightOf(timezone, first)),
    days_until: iso(midnightOf(timezone, last)),
    until,
    first_day: first,
    first_month: hasMonths ? firstMonth : last,
    last_month: hasMonths ? lastMonth : last,
    last_day: last,
  };
}

/** The first day of the month that begins on a date or after it. */
function monthFrom(date: string): string {
  const [year, month, day] = date.split('-').map(Number) as [number, number, number];
  return iso(Date.UTC(year, day === 1 ? month - 1 : month, 1)).slice(0, 10);
}

/** Nothing is recorded before it occurs: what occurred a day after an instant was not known then. */
export function cutAt(asOf: string | undefined, window: PlantWindow): PlantWindow {
  if (asOf === undefined) return window;
  return { ...window, to: Math.max(window.from, Math.min(window.to, Date.parse(asOf) + MS_PER_DAY)) };
}
