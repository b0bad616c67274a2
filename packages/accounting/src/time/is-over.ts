import { batchRuns } from './batch-runs.ts';
import type { Interval, LineFacts } from '../facts.ts';

/**
 * Whether the passing of time can no longer change the figures of an interval: it has ended, and so has every stop and
 * batch that overlaps it. Only a new or corrected fact can change it then.
 */
export function isOver(facts: LineFacts, interval: Interval, now: number): boolean {
  if (interval.to > now) return false;
  const lasts = (to: number | null): boolean => to === null || to > now;
  if (facts.stops.some((stop) => stop.from < interval.to && lasts(stop.to))) return false;
  return !batchRuns(facts).some(
    (run) => run.from < interval.to && (!run.closed || lasts(run.to)) && (run.ran_to ?? Infinity) > interval.from,
  );
}
