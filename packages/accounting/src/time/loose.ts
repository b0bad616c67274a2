/**
 * Units without a batch ("loose") count in their shift; without a calendar in their clock hour, by local time. What is
 * reported as it ends was made in it.
 */
import { lastStarted } from '../numbers/search.ts';
import { MS_PER_HOUR } from '../numbers/money.ts';
import type { Interval, LineFacts } from '../facts.ts';
import { batchRuns, runIntervals, runOf, type RunInterval } from './batch-runs.ts';
import type { ShiftInstance } from './calendar.ts';
import { localDays } from './local-days.ts';

/** The shift or clock hour of loose units at an instant; undefined: no shift then. */
export function looseIntervalAt(
  { timezone }: Pick<LineFacts, 'timezone'>,
  shifts: readonly ShiftInstance[],
  at: number,
): Interval | undefined {
  const before = lastStarted(shifts, at - 1);
  if (before !== undefined && at <= before.to) return before.scheduled ? before : clockHourOf(timezone, at - 1);
  const here = lastStarted(shifts, at);
  if (here === undefined || at >= here.to) return undefined;
  return here.scheduled ? here : clockHourOf(timezone, at);
}

function clockHourOf(timezone: string, at: number): Interval {
  const days = localDays(timezone);
  const day = days.dayOf(at);
  const from = days.start(day) + Math.floor((at - days.start(day)) / MS_PER_HOUR) * MS_PER_HOUR;
  return { from, to: Math.min(from + MS_PER_HOUR, days.start(day + 1)) };
}

/**
 * Shifts and clock hours that are busy throughout, in order: loose units were counted in them, and no batch ran. A
 * count of zero proves nothing.
 */
export function busyByLooseUnits(facts: LineFacts, shifts: readonly ShiftInstance[]): Interval[] {
  const runs = batchRuns(facts);
  const busy = new Map<number, Interval>();
  for (const count of facts.counts) {
    if (isZero(count) || runOf(runs, count) !== undefined) continue;
    const interval = looseIntervalAt(facts, shifts, count.at);
    if (interval === undefined || busy.has(interval.from) || hasRun(runIntervals(runs), interval)) continue;
    busy.set(interval.from, { from: interval.from, to: interval.to });
  }
  return [...busy.values()].sort((a, b) => a.from - b.from);
}

const isZero = ({ good, reject }: LineFacts['counts'][number]): boolean => Number(good) === 0 && Number(reject) === 0;

const hasRun = (runs: readonly RunInterval[], { from, to }: Interval): boolean => {
  const last = lastStarted(runs, to - 1);
  return last !== undefined && (last.to ?? Infinity) > from;
};
