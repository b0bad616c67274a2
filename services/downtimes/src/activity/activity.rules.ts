/** What is kept of the line events of all kinds: for each minute of a line, when events came and when units were counted. */
import { happenedAt, type LineEvent } from '@plantops/contracts';

const MINUTE_MS = 60_000;
const SECOND_MS = 1_000;

/** A reading of the counter of good units: milliseconds after the minute, and its total. */
type Total = readonly [offset: number, total: number];
export type Minute = {
  readonly line_code: string;
  /** Where the minute begins. */
  readonly minute: string;
  readonly first_at: string;
  readonly last_at: string;
  /** When good units were counted, milliseconds after the minute: the first of each second. */
  readonly units: readonly number[];
  /** The last reading of each second. */
  readonly totals: readonly Total[];
};
/** An instant at which a line sent something. */
type Instant = Omit<Minute, 'first_at' | 'last_at'> & { readonly at: string };

export const minuteOf = (at: string): string =>
  new Date(Math.floor(Date.parse(at) / MINUTE_MS) * MINUTE_MS).toISOString();

/** The instants of an event. A complete stop has two. */
export function instantsOf(event: LineEvent): Instant[] {
  const { line: line_code, body } = event;
  const { at } = happenedAt(event);
  const instant = (when: string) => ({ line_code, at: when, minute: minuteOf(when), units: [], totals: [] });
  const offset = Date.parse(at) % MINUTE_MS;
  if (event.kind === 'count') return [{ ...instant(at), units: event.body.good > 0 ? [offset] : [] }];
  if (event.kind === 'counter' && event.body.counter !== 'reject')
    return [{ ...instant(at), totals: [[offset, event.body.total]] }];
  return 'start_time' in body && body.start_time !== undefined
    ? [instant(body.start_time), instant(at)]
    : [instant(at)];
}

/** The minute with more instants of it. The order in which they are added does not matter. */
export function withInstants(known: Minute | undefined, instants: readonly Instant[]): Minute {
  const [{ line_code, minute, at }] = instants as [Instant];
  const { first_at, last_at, units, totals } = known ?? { first_at: at, last_at: at, units: [], totals: [] };
  const times = [first_at, last_at, ...instants.map((one) => one.at)].sort();
  const counted = [...units, ...instants.flatMap((one) => one.units)].sort((a, b) => a - b);
  const read = [...totals, ...instants.flatMap((one) => one.totals)].sort(([a, x], [b, y]) => a - b || x - y);
  return {
    line_code,
    minute,
    first_at: times[0] as string,
    last_at: times.at(-1) as string,
    units: [...new Map(counted.toReversed().map((offset) => [secondOf(offset), offset])).values()].reverse(),
    totals: [...new Map(read.map((total) => [secondOf(total[0]), total])).values()],
  };
}

const secondOf = (offset: number): number => Math.floor(offset / SECOND_MS);

/**
 * When good units were counted, milliseconds after the minute: by counts, and by each reading of the counter that is
 * higher than the one before. `previous`: the last total before the minute.
 */
export function unitOffsets({ units, totals }: Pick<Minute, 'units' | 'totals'>, previous: number | null): number[] {
  let last = previous;
  const read = totals.flatMap(([offset, total]) => {
    const isMore = last !== null && total > last;
    last = total;
    return isMore ? [offset] : [];
  });
  return [...new Set([...units, ...read])].sort((a, b) => a - b);
}

/** The instants of these offsets. */
export const instantsAt = (minute: string, offsets: readonly number[]): string[] =>
  offsets.map((offset) => new Date(Date.parse(minute) + offset).toISOString());

/** Clocks of lines may be so much ahead. What is noted of later instants says nothing before its time. */
const TOLERANCE_MS = 2_000;
export const latestAt = (now: string): string => new Date(Date.parse(now) + TOLERANCE_MS + 1).toISOString();
