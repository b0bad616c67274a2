/** Shift calendars: the versions of a plant's schedule, and which schedules are valid. Decisions only. */
import { Problem, type CalendarVersion, type PlantRow } from '@plantops/contracts';

type Schedule = Pick<CalendarVersion, 'weekly' | 'exceptions'>;
type Shift = { name: string; start: string; end: string; breaks: readonly { start: string; end: string }[] };

const MOST_VERSIONS = 40;
const MOST_BYTES = 64 * 1024;
/** Four shifts on each day of the week. */
const MOST_SHIFTS_A_WEEK = 28;
const DAY = 1440;

const minutesOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
/** Minutes after the midnight at which the shift's day begins. An end at or before the start is on the next day. */
const spanOf = ({ start, end }: { start: string; end: string }, earliest = 0) => {
  let [from, to] = [minutesOf(start), minutesOf(end)];
  if (to <= from) to += DAY;
  if (from < earliest) [from, to] = [from + DAY, to + DAY];
  return { from, to };
};

/** A shift's breaks are within it, one after the other. */
const checkShift = (shift: Shift, path: string): void => {
  const { from, to } = spanOf(shift);
  const breaks = shift.breaks.map((pause) => spanOf(pause, from));
  for (const [index, pause] of breaks.entries()) {
    if (pause.from < from || pause.to > to)
      throw Problem.field(`${path}.breaks.${index}`, `must lie within the shift, ${shift.start} to ${shift.end}`);
    if (index > 0 && pause.from < (breaks[index - 1]?.to ?? 0))
      throw Problem.field(`${path}.breaks.${index}`, 'must come after the break before it');
  }
};

/** No two shifts may share a minute of the week. */
const checkWeek = (weekly: NonNullable<Schedule['weekly']>): void => {
  const spans = weekly
    .flatMap((shift, index) =>
      shift.weekdays.map((day) => ({
        index,
        start: (day - 1) * DAY + spanOf(shift).from,
        end: (day - 1) * DAY + spanOf(shift).to,
      })),
    )
    .sort((a, b) => a.start - b.start || a.end - b.end);
  if (spans.length > MOST_SHIFTS_A_WEEK)
    throw Problem.field('weekly', `must be at most ${MOST_SHIFTS_A_WEEK} shifts a week, over all its days`);
  for (const [at, span] of spans.entries()) {
    const next = spans[at + 1] ?? { ...(spans[0] as (typeof spans)[number]), start: (spans[0]?.start ?? 0) + 7 * DAY };
    if (spans.length > 1 && next.start < span.end)
      throw Problem.field(`weekly.${next.index}`, 'overlaps another shift of the week');
  }
};

const checkDays = (exceptions: Schedule['exceptions']): void => {
  for (const [index, { date, shifts }] of exceptions.entries()) {
    if (exceptions.findIndex((other) => other.date === date) !== index)
      throw Problem.field(`exceptions.${index}.date`, 'is named twice');
    for (const [at, shift] of shifts.entries()) checkShift(shift, `exceptions.${index}.shifts.${at}`);
    const spans = shifts.map((shift) => spanOf(shift)).sort((a, b) => a.from - b.from);
    if (spans.some((span, at) => at > 0 && span.from < (spans[at - 1]?.to ?? 0)))
      throw Problem.field(`exceptions.${index}.shifts`, 'must not overlap each other');
  }
};

/** The plant's calendars with one more version, read in the plant's present zone. */
export const withCalendar = (
  plant: PlantRow,
  { weekly, exceptions }: Schedule,
  validFrom: string | undefined,
  now: string,
): CalendarVersion[] => {
  for (const [index, shift] of (weekly ?? []).entries()) checkShift(shift, `weekly.${index}`);
  if (weekly !== null) checkWeek(weekly);
  checkDays(exceptions);
  const first = plant.calendars.length === 0 && validFrom === undefined;
  // A first calendar with a start is preceded by time without a calendar.
  const before = plant.calendars.length === 0 && !first ? [noCalendar(plant.timezone)] : plant.calendars;
  const version: CalendarVersion = {
    valid_from: first ? null : (validFrom ?? now),
    timezone: plant.timezone,
    weekly,
    exceptions,
  };
  const others = before.filter(({ valid_from }) => valid_from !== version.valid_from);
  if (others.length >= MOST_VERSIONS)
    throw Problem.field('valid_from', `there are ${MOST_VERSIONS} versions already, the most that are kept`);
  const versions = [...others, version].sort((a, b) => (a.valid_from ?? '').localeCompare(b.valid_from ?? ''));
  if (JSON.stringify(versions).length > MOST_BYTES)
    throw Problem.field(
      'weekly',
      `all versions together must be at most ${MOST_BYTES} characters of JSON: name fewer exceptions`,
    );
  return versions;
};

/** Without a calendar every hour is scheduled. */
export const noCalendar = (timezone: string): CalendarVersion => ({
  valid_from: null,
  timezone,
  weekly: null,
  exceptions: [],
});
