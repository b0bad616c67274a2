import { DateTime } from 'luxon';
import { MS_PER_HOUR, MS_PER_MINUTE } from '../numbers/money.ts';

const MS_PER_DAY = 24 * MS_PER_HOUR;
const CACHED_DAYS = 4096;

/** The local days of one zone, numbered from 1970-01-01. A day lasts 23, 24 or 25 hours. */
export interface LocalDays {
  /** The first instant of the day with this number. */
  readonly start: (day: number) => number;
  /** The number of the local day of an instant. */
  readonly dayOf: (at: number) => number;
}

const zones = new Map<string, LocalDays>();

/** The local days of a zone. Midnights are cached. */
export function localDays(timezone: string): LocalDays {
  const known = zones.get(timezone);
  if (known !== undefined) return known;
  const starts = new Map<number, number>();
  const start = (day: number): number => {
    let at = starts.get(day);
    if (at === undefined) {
      if (starts.size >= CACHED_DAYS) starts.clear();
      at = occurrenceOf(timezone, day, 0);
      starts.set(day, at);
    }
    return at;
  };
  const dayOf = (at: number): number => {
    const day = Math.floor(at / MS_PER_DAY);
    if (at < start(day)) return day - 1;
    return at < start(day + 1) ? day : day + 1;
  };
  const days: LocalDays = { start, dayOf };
  zones.set(timezone, days);
  return days;
}

/** The calendar date of a day number, YYYY-MM-DD. */
export function dateOf(day: number): string {
  return new Date(day * MS_PER_DAY).toISOString().slice(0, 10);
}

/** The number of a calendar date, YYYY-MM-DD. */
export function dayNumber(date: string): number {
  return Date.parse(`${date}T00:00:00Z`) / MS_PER_DAY;
}

/** ISO weekday of a day number: 1 Monday … 7 Sunday. */
export function weekdayOf(day: number): number {
  return ((((day + 3) % 7) + 7) % 7) + 1;
}

/**
 * The instant at which clocks of a zone show a time, given in minutes after midnight (1440 and more: later days). Of a
 * time that occurs twice, the first occurrence. A time that a clock change skips is moved forward by the change.
 */
export function localTime(timezone: string, day: number, minutes: number): number {
  const [date, rest] = [day + Math.floor(minutes / 1440), minutes % 1440];
  const { start } = localDays(timezone);
  // On a day of 24 hours clocks do not change, so the time can be added.
  return start(date + 1) - start(date) === MS_PER_DAY
    ? start(date) + rest * MS_PER_MINUTE
    : occurrenceOf(timezone, date, rest);
}

function occurrenceOf(timezone: string, day: number, rest: number): number {
  const date = new Date(day * MS_PER_DAY);
  const local = DateTime.fromObject(
    {
      year: date.getUTCFullYear(),
      month: date.getUTCMonth() + 1,
      day: date.getUTCDate(),
      hour: Math.floor(rest / 60),
      minute: rest % 60,
    },
    { zone: timezone },
  );
  if (!local.isValid) throw new RangeError(`not a time in ${timezone}: ${local.invalidExplanation ?? ''}`);
  const occurrences = local.getPossibleOffsets().map((occurrence) => occurrence.toMillis());
  return Math.min(...occurrences);
}
