/** Which time of which lines a question is about: the window it names, or each plant's own today. */
import { localDateOf, midnightOf, shiftsIn, type Interval } from '@plantops/accounting';
import { Problem, type LineRow, type lossPeriod, type PlantRow } from '@plantops/contracts';
import type { Tx } from '@plantops/persistence';
import type { z } from 'zod';
import { calendarsOf } from '../facts/line-facts.rules.ts';
import { dayOf, linesWithPlants, type LineWindow } from '../facts/load-facts.ts';

export type Asked = {
  readonly period?: z.infer<typeof lossPeriod> | undefined;
  readonly line_id?: string | undefined;
  readonly plant_id?: string | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
};
export type PlantWindow = Interval & { readonly plant_id: string; readonly timezone: string };

/** The lines in scope with their windows. */
export const lineWindows = async (tx: Tx, asked: Asked, now: string): Promise<LineWindow[]> => {
  const lines = await tx.query<{ data: LineRow }>(
    "select data from master where tenant_id = $1 and kind = 'line' and ($2::uuid is null or id = $2) and ($3::uuid is null or (data->>'plant_id')::uuid = $3) order by code",
    [tx.tenant, asked.line_id ?? null, asked.plant_id ?? null],
  );
  const located = await linesWithPlants(
    tx,
    lines.map(({ data }) => data),
  );
  return located.map(({ line, plant }) => ({ line, plant, window: windowIn(plant, asked, now) }));
};

/** A year, and some days to compare. */
const LONGEST_WINDOW_DAYS = 400;

/** A period by its name, in the plant's own days and shifts; or from and to as given: one alone reaches to now or back to the start of its day. */
const windowIn = (plant: PlantRow, { period, from, to }: Asked, now: string): Interval => {
  if (from === undefined && to === undefined) return periodIn(plant, period ?? 'today', Date.parse(now));
  const until = to === undefined ? Date.parse(now) : Date.parse(to);
  const since = from === undefined ? dayOf(plant.timezone, until - 1).from : Date.parse(from);
  if (since >= until) throw Problem.field('from', 'must be before to');
  if (until - since > LONGEST_WINDOW_DAYS * 86_400_000)
    throw Problem.field('from', `must be at most ${LONGEST_WINDOW_DAYS} days before to`);
  return { from: since, to: until };
};

const DAY_MS = 86_400_000;
const DAYS = { '7d': 7, '30d': 30 } as const;
const periodIn = (plant: PlantRow, period: NonNullable<Asked['period']>, now: number): Interval => {
  const today = dayOf(plant.timezone, now);
  if (period === 'today') return today;
  if (period === 'yesterday') return dayOf(plant.timezone, today.from - 1);
  if (period === 'shift') return shiftIn(plant, now) ?? today;
  // Midday of the first day: whatever the clocks did since, that is where it lies.
  const first = dayOf(plant.timezone, today.from + DAY_MS / 2 - (DAYS[period] - 1) * DAY_MS);
  return { from: first.from, to: today.to };
};

/** The shift that runs, else the last one that did. */
const shiftIn = (plant: PlantRow, now: number): Interval | undefined =>
  shiftsIn({ timezone: plant.timezone, calendars: calendarsOf(plant) }, { from: now - 7 * DAY_MS, to: now + 1 }).at(-1);

/** One window a plant: all its lines share it. */
export const plantWindows = (windows: readonly LineWindow[]): PlantWindow[] => [
  ...new Map(windows.map(({ plant, window }) => [plant.id, { plant_id: plant.id, timezone: plant.timezone, ...window }])).values(),
];

/** The local days that lie in a window whole: from the first one on, up to and without the last. */
export const wholeDaysIn = (timezone: string, { from, to }: Interval): { first: string; last: string } => {
  const date = localDateOf(timezone, from);
  return { first: midnightOf(timezone, date) === from ? date : dayAfter(date), last: localDateOf(timezone, to) };
};
export const dayAfter = (date: string): string => new Date(Date.parse(date) + DAY_MS).toISOString().slice(0, 10);

/** The time from the first start to the last end; without any line, what was asked, or this instant. */
export const hullOf = (windows: readonly Interval[], { from, to }: Pick<Asked, 'from' | 'to'>, now: string): Interval =>
  windows.length === 0
    ? { from: Date.parse(from ?? to ?? now), to: Date.parse(to ?? now) }
    : { from: Math.min(...windows.map((window) => window.from)), to: Math.max(...windows.map((window) => window.to)) };
