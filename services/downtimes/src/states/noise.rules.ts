/** Departures from running that are too short to be stops. */
import type { LinePrice } from '@plantops/contracts';
import { inForceAt } from '../downtimes/downtime.rules.ts';
import type { Interval, Part } from './departure.rules.ts';

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
