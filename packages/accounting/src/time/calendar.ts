import type { Interval, LineFacts, ShiftCalendar, ShiftPattern, LocalTimes } from '../facts.ts';
import { MS_PER_MINUTE } from '../numbers/money.ts';
import { dateOf, dayNumber, localDays, localTime, weekdayOf } from './local-days.ts';

/** A version of a calendar as its owner announces it: from when on, in ISO text, and its shifts; null: none. */
interface AnnouncedCalendar {
  readonly valid_from: string | null;
  readonly timezone: string;
  readonly weekly: ShiftCalendar['weekly'] | null;
  readonly exceptions: ShiftCalendar['exceptions'];
}

/** The versions of a calendar in the words of the accounting. */
export function calendarVersions(announced: readonly AnnouncedCalendar[]): LineFacts['calendars'] {
  return announced.map(({ valid_from, timezone, weekly, exceptions }) => ({
    valid_from: valid_from === null ? null : Date.parse(valid_from),
    value: weekly === null ? null : { timezone, weekly, exceptions },
  }));
}

/** One shift on one day. */
export interface ShiftInstance extends Interval {
  /** A permanent key of the shift: its local date, start and name; without a calendar, the local date. */
  readonly key: string;
  readonly name: string;
  /** The local date on which the shift starts, YYYY-MM-DD. */
  readonly business_date: string;
  /** The start in the pattern, also when a change of the calendar cuts the shift. */
  readonly starts_at: number;
  readonly breaks: readonly Interval[];
  /** False for a local day that counts as a shift because there is no calendar. */
  readonly scheduled: boolean;
}

/** The facts that the calendar functions read. */
export type Schedule = Pick<LineFacts, 'timezone' | 'calendars'>;

/**
 * The shifts that overlap an interval, in order. A shift that would overlap the one before begins when that ends. Each
 * calendar version applies to its own time; a shift that is in two versions stays one shift.
 */
export function shiftsIn(schedule: Schedule, interval: Interval): ShiftInstance[] {
  const found: ShiftInstance[] = [];
  if (interval.from >= interval.to) return found;
  // A shift may begin in one version and end in the next one.
  const around = { from: interval.from - LONGEST_SHIFT_MS, to: interval.to + LONGEST_SHIFT_MS };
  for (const era of erasOf(schedule, around)) {
    const zone = era.calendar?.timezone ?? schedule.timezone;
    const days = localDays(zone);
    const first = Math.max(era.to > interval.from ? interval.from : around.from, era.from);
    const last = days.dayOf(Math.min(Math.max(interval.to, first + 1), era.to) - 1);
    for (let day = days.dayOf(first) - 2; day <= last; day += 1) {
      const shifts = era.calendar === null ? [dayAsShift(zone, day)] : shiftsOfDay(era.calendar, day);
      for (const shift of shifts) append(found, shift, era);
    }
  }
  return found.filter((shift) => shift.to > interval.from && shift.from < interval.to);
}

/** The business date of an instant: the start day of its shift, else the local day. */
export function businessDateOf(schedule: Schedule, at: number): string {
  return shiftAt(schedule, at)?.business_date ?? localDateOf(schedule.timezone, at);
}

export function shiftAt(schedule: Schedule, at: number): ShiftInstance | undefined {
  return shiftsIn(schedule, { from: at, to: at + 1 })[0];
}

/** The local calendar date of an instant, YYYY-MM-DD. */
export function localDateOf(timezone: string, at: number): string {
  return dateOf(localDays(timezone).dayOf(at));
}

/** The first instant of a local calendar date, YYYY-MM-DD. */
export function midnightOf(timezone: string, date: string): number {
  return localDays(timezone).start(dayNumber(date));
}

/** The local midnights in an interval, without its start. */
export function midnightsIn(timezone: string, interval: Interval): number[] {
  const days = localDays(timezone);
  const midnights: number[] = [];
  for (let day = days.dayOf(interval.from) + 1; days.start(day) < interval.to; day += 1)
    midnights.push(days.start(day));
  return midnights;
}

const LONGEST_SHIFT_MS = 2 * 86_400_000;

interface Era extends Interval {
  readonly calendar: ShiftCalendar | null;
}

/** The intervals in which each calendar version is in force, as far as they overlap the interval. */
function erasOf({ calendars }: Schedule, interval: Interval): Era[] {
  if (calendars.length === 0) return [{ from: -Infinity, to: Infinity, calendar: null }];
  const versions = [...calendars].sort((a, b) => (a.valid_from ?? -Infinity) - (b.valid_from ?? -Infinity));
  return versions
    .map((version, index) => ({
      from: index === 0 ? -Infinity : (version.valid_from ?? -Infinity),
      to: versions[index + 1]?.valid_from ?? (index + 1 < versions.length ? -Infinity : Infinity),
      calendar: version.value,
    }))
    .filter((era) => era.from < era.to && era.to > interval.from && era.from < interval.to);
}

/** Adds a shift, cut to its era and to the end of the shift before. Joins the parts of one shift. */
function append(found: ShiftInstance[], shift: ShiftInstance, era: Interval): void {
  const previous = found.at(-1);
  const from = Math.max(shift.from, era.from, previous?.to ?? -Infinity);
  const to = Math.min(shift.to, era.to);
  if (from >= to) return;
  const breaks = shift.breaks
    .map((pause) => ({ from: Math.max(pause.from, from), to: Math.min(pause.to, to) }))
    .filter((pause) => pause.from < pause.to);
  if (previous !== undefined && previous.key === shift.key && previous.to === from) {
    found[found.length - 1] = { ...previous, to, breaks: [...previous.breaks, ...breaks] };
  } else {
    found.push({ ...shift, from, to, breaks });
  }
}

function dayAsShift(timezone: string, day: number): ShiftInstance {
  const days = localDays(timezone);
  const from = days.start(day);
  const date = dateOf(day);
  const to = days.start(day + 1);
  return { key: date, name: '', business_date: date, starts_at: from, from, to, breaks: [], scheduled: false };
}

const CACHED_DAYS = 800;
const shiftsByDay = new WeakMap<ShiftCalendar, Map<number, readonly ShiftInstance[]>>();

/** The shifts that start on a local day, by start. Cached per calendar object and day. */
function shiftsOfDay(calendar: ShiftCalendar, day: number): readonly ShiftInstance[] {
  let known = shiftsByDay.get(calendar);
  if (known === undefined) shiftsByDay.set(calendar, (known = new Map()));
  let shifts = known.get(day);
  if (shifts === undefined) {
    if (known.size >= CACHED_DAYS) known.clear();
    const exception = calendar.exceptions.find(({ date }) => date === dateOf(day));
    const patterns = exception?.shifts ?? calendar.weekly.filter(({ weekdays }) => weekdays.includes(weekdayOf(day)));
    shifts = patterns
      .map((pattern) => instanceOf(calendar.timezone, day, pattern))
      .sort((a, b) => a.from - b.from || a.to - b.to);
    known.set(day, shifts);
  }
  return shifts;
}

function instanceOf(timezone: string, day: number, pattern: ShiftPattern): ShiftInstance {
  const at = (minutes: number): number => localTime(timezone, day, minutes);
  const shift = minutesOf(pattern, 0);
  const from = at(shift.start);
  const business_date = dateOf(day);
  return {
    key: `${business_date}T${pattern.start} ${pattern.name}`,
    name: pattern.name,
    business_date,
    starts_at: from,
    from,
    to: at(shift.end),
    breaks: pattern.breaks
      .map((pause) => minutesOf(pause, shift.start))
      // Never longer than in the pattern: clocks that are put back do not lengthen a break.
      .map(({ start, end }) => ({ from: at(start), to: Math.min(at(end), at(start) + (end - start) * MS_PER_MINUTE) })),
    scheduled: true,
  };
}

/** Local times in minutes after the day's midnight, moved by a day when they would start before `earliest`. */
function minutesOf(span: LocalTimes, earliest: number): { start: number; end: number } {
  let start = minutesAfterMidnight(span.start);
  let end = minutesAfterMidnight(span.end);
  if (end <= start) end += 1440;
  if (start < earliest) {
    start += 1440;
    end += 1440;
  }
  return { start, end };
}

function minutesAfterMidnight(time: string): number {
  const [hours = '', minutes = ''] = time.split(':');
  const total = Number(hours) * 60 + Number(minutes);
  if (!/^\d{1,2}:\d{2}(:00)?$/.test(time) || total > 1440) throw new RangeError(`not a time of day: ${time}`);
  return total;
}
