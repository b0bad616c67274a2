/** When a plant is scheduled to work, computed from the local time, instant by instant. */
import { inForce, type Plant } from './raw-rows.ts';

export type Shift = {
  readonly key: string;
  readonly date: string;
  readonly startsAt: number;
  readonly endsAt: number;
  readonly isBreak: boolean;
  readonly isScheduled: boolean;
};

const MINUTE = 60_000;
const DAY = 86_400_000;
const minutesOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
const dateOf = (localMs: number): string => new Date(localMs).toISOString().slice(0, 10);

/** For zones without a clock change in the checked time, so that one offset is enough. */
export class Schedule {
  readonly #plant: Plant;
  readonly #offset: number;

  constructor(plant: Plant, at: number) {
    this.#plant = plant;
    const shown = Object.fromEntries(
      new Intl.DateTimeFormat('en', {
        timeZone: plant.timezone,
        hourCycle: 'h23',
        year: 'numeric',
        month: 'numeric',
        day: 'numeric',
        hour: 'numeric',
        minute: 'numeric',
        second: 'numeric',
      })
        .formatToParts(at)
        .map(({ type, value }) => [type, Number(value)]),
    ) as Record<string, number>;
    const { year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0 } = shown;
    this.#offset = Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(at / 1000) * 1000;
  }

  /** The local date. */
  dateAt(at: number): string {
    return dateOf(at + this.#offset);
  }

  /** The last midnight at or before an instant. */
  midnightBefore(at: number): number {
    return Math.floor((at + this.#offset) / DAY) * DAY - this.#offset;
  }

  /** The shift at an instant; without a calendar the local day counts as one. */
  at(at: number): Shift | undefined {
    const calendar = inForce(this.#plant.calendars, at);
    const midnight = this.midnightBefore(at);
    if (!calendar?.weekly) {
      const date = this.dateAt(at);
      return { key: date, date, startsAt: midnight, endsAt: midnight + DAY, isBreak: false, isScheduled: false };
    }
    for (const day of [midnight, midnight - DAY]) {
      const date = this.dateAt(day);
      const weekday = new Date(date).getUTCDay() || 7;
      const shifts =
        calendar.exceptions.find((exception) => exception.date === date)?.shifts ??
        calendar.weekly.filter(({ weekdays }) => weekdays.includes(weekday));
      for (const { name, start, end, breaks } of shifts) {
        const [from, until] = after(0, start, end);
        const minute = (at - day) / MINUTE;
        if (minute < from || minute >= until) continue;
        const isBreak = breaks.some((pause) => {
          const [begins, ends] = after(from, pause.start, pause.end);
          return minute >= begins && minute < ends;
        });
        const [startsAt, endsAt] = [day + from * MINUTE, day + until * MINUTE];
        return { key: `${date}T${start} ${name}`, date, startsAt, endsAt, isBreak, isScheduled: true };
      }
    }
    return undefined;
  }

  /** Every instant at which shift, break or date may change. */
  edges(from: number, to: number): number[] {
    const minutes = Array.from(
      { length: Math.ceil((to - from) / MINUTE) + 1 },
      (_, index) => Math.ceil(from / MINUTE + index) * MINUTE,
    );
    const stateAt = (at: number) => JSON.stringify([this.at(at), this.dateAt(at)]);
    return [
      ...minutes.filter((minute) => stateAt(minute) !== stateAt(minute - 1)),
      ...this.#plant.calendars.map(({ since }) => since),
    ];
  }
}

/**
 * Times in minutes after midnight, at or after `earliest`. An end before its start, or a start before `earliest`, is on
 * the next day.
 */
function after(earliest: number, start: string, end: string): [number, number] {
  let [from, to] = [minutesOf(start), minutesOf(end)];
  if (to <= from) to += 1440;
  if (from < earliest) [from, to] = [from + 1440, to + 1440];
  return [from, to];
}
