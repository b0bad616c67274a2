/** The window that a request asks about. */
import { shiftsIn, type Interval } from '@plantops/accounting';
import { Problem, type lossPeriod, type PlantRow } from '@plantops/contracts';
import type { z } from 'zod';
import { dayOf } from '../facts/days.rules.ts';
import { enclosing, MS_PER_DAY } from '../facts/intervals.rules.ts';
import { calendarsOf } from '../facts/line-facts.rules.ts';
import type { LineWindow, PlantWindow } from '../facts/rows.rules.ts';

export type Asked = {
  readonly period?: z.infer<typeof lossPeriod> | undefined;
  readonly line_id?: string | undefined;
  readonly plant_id?: string | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
};

/** A year, and some days to compare. */
const LONGEST_WINDOW_DAYS = 400;

/**
 * A period by its name, in the plant's own days and shifts; or `from` and `to` as given. `from` alone asks up to now,
 * `to` alone from the start of its day. Throws `invalid` for a window that is empty or longer than 400 days.
 */
export function windowOf(plant: PlantRow, { period, from, to }: Asked, now: string): Interval {
  if (from === undefined && to === undefined) return periodOf(plant, period ?? 'today', Date.parse(now));
  const until = to === undefined ? Date.parse(now) : Date.parse(to);
  const since = from === undefined ? dayOf(plant.timezone, until - 1).from : Date.parse(from);
  if (since >= until) throw Problem.field('from', 'must be before to');
  if (until - since > LONGEST_WINDOW_DAYS * MS_PER_DAY)
    throw Problem.field('from', `must be at most ${LONGEST_WINDOW_DAYS} days before to`);
  return { from: since, to: until };
}

const DAYS = { '7d': 7, '30d': 30 } as const;

function periodOf(plant: PlantRow, period: NonNullable<Asked['period']>, now: number): Interval {
  const today = dayOf(plant.timezone, now);
  if (period === 'today') return today;
  if (period === 'yesterday') return dayOf(plant.timezone, today.from - 1);
  if (period === 'shift') return lastShift(plant, now) ?? today;
  // Midday of the first day lies in it, whatever the clocks did since.
  const first = dayOf(plant.timezone, today.from + MS_PER_DAY / 2 - (DAYS[period] - 1) * MS_PER_DAY);
  return { from: first.from, to: today.to };
}

/** The shift that runs, or else the last one that did. */
function lastShift(plant: PlantRow, now: number): Interval | undefined {
  const schedule = { timezone: plant.timezone, calendars: calendarsOf(plant) };
  return shiftsIn(schedule, { from: now - 7 * MS_PER_DAY, to: now + 1 }).at(-1);
}

/** One window for each plant: all its lines share it. */
export function plantWindows(windows: readonly LineWindow[]): PlantWindow[] {
  const byPlant = windows.map(
    ({ plant, window }) => [plant.id, { plant_id: plant.id, timezone: plant.timezone, ...window }] as const,
  );
  return [...new Map(byPlant).values()];
}

/** The window before each, as long. */
export function previousWindows(windows: readonly PlantWindow[]): PlantWindow[] {
  return windows.map((window) => ({ ...window, from: window.from - (window.to - window.from), to: window.from }));
}

/** The time from the first start to the last end. Without lines: the window asked for, or the present instant. */
export function wholeWindow(
  windows: readonly Interval[],
  { from, to }: Pick<Asked, 'from' | 'to'>,
  now: string,
): Interval {
  return windows.length === 0 ? { from: Date.parse(from ?? to ?? now), to: Date.parse(to ?? now) } : enclosing(windows);
}
