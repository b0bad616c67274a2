/** Departures from running that are too short to be stops. */
import type { LinePrice } from '@plantops/contracts';
import { inForceAt } from '../downtimes/downtime.rules.ts';
import type { Part } from './departure.rules.ts';
import { compare, type Interval } from './time.rules.ts';

type Versions = readonly Pick<LinePrice, 'valid_from' | 'ignore_stop_seconds'>[];
export type Judged = {
  readonly parts: readonly Part[];
  /** The departure that has just begun, and when it is long enough. */
  readonly pending: { readonly since: string; readonly due_at: string } | undefined;
};

/** The parts of departures that are stops, now. One that lasts is a stop when it is long enough. */
export const withoutNoise = (parts: readonly Part[], versions: Versions, now: string): Judged => {
  const ignoredMs = ({ from }: Interval) => 1000 * (inForceAt(versions, from)?.ignore_stop_seconds ?? 0);
  const dueAt = (departure: Interval) => new Date(Date.parse(departure.from) + ignoredMs(departure)).toISOString();
  const isStop = (departure: Interval) => ignoredMs(departure) === 0 || dueAt(departure) <= (departure.to ?? now);
  const open = parts.findLast(({ departure }) => departure.to === null)?.departure;
  return {
    parts: parts.filter(({ departure }) => isStop(departure)),
    pending: open === undefined || isStop(open) ? undefined : { since: open.from, due_at: dueAt(open) },
  };
};

/** How far back stops are derived again when a setting changes. */
const MOST_DAYS = 35;
const DAY_MS = 86_400_000;

/** The instant so many days ago: stops before it stay as they are when a setting changes. */
export const earliestChange = (now: string): string => new Date(Date.parse(now) - MOST_DAYS * DAY_MS).toISOString();

/**
 * From when on a changed line has another value of a setting, at most 35 days back; undefined: from no time on. Stops
 * before that stay as they are.
 */
export const changedSince = <V extends { readonly valid_from: string | null }>(
  before: readonly V[],
  after: readonly V[],
  settingOf: (version: V) => unknown,
  now: string,
): string | undefined => {
  const earliest = earliestChange(now);
  const valueAt = (versions: readonly V[], at: string) => {
    const version = inForceAt(versions, at);
    return version === undefined ? undefined : JSON.stringify(settingOf(version));
  };
  const edges = [...before, ...after].flatMap(({ valid_from }) => valid_from ?? []);
  return [earliest, ...edges.filter((at) => at > earliest)]
    .toSorted(compare)
    .find((at) => valueAt(before, at) !== valueAt(after, at));
};

/** The days from an instant on; the last one lasts. */
export const daysSince = (since: string, now: string): Interval[] => {
  const starts: string[] = [];
  for (let at = Date.parse(since); at < Date.parse(now); at += DAY_MS) starts.push(new Date(at).toISOString());
  return starts.map((from, index) => ({ from, to: starts[index + 1] ?? null }));
};
