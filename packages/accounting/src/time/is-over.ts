import { batchRuns } from './batch-runs.ts';
import type { Interval, LineFacts } from '../facts.ts';

/**
 * Whether time alone can no longer change what a span holds: it has passed, and no stop or batch that reaches into it
 * still lasts. Only a new or corrected fact changes it then.
 */
export function isOver(facts: LineFacts, span: Interval, now: number): boolean {
  if (span.to > now) return false;
  const lasts = (to: number | null): boolean => to === null || to > now;
  if (facts.stops.some((stop) => stop.from < span.to && lasts(stop.to))) return false;
  return !batchRuns(facts).some((run) => run.from < span.to && (!run.closed || lasts(run.to)) && (run.to ?? Infinity) > span.from);
}
