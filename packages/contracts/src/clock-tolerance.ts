import { Problem } from './problems.ts';

/** Clocks of line systems and people differ a little. An instant further ahead is a mistake. */
const CLOCK_TOLERANCE_MS = 5 * 60_000;

/** Longer than any stop or batch lasts. A longer interval is a mistyped year, and would be computed day by day. */
const LONGEST_SPAN_DAYS = 366;

/** The latest end of an interval that begins then. */
export function latestEnd(from: string): string {
  return new Date(Date.parse(from) + LONGEST_SPAN_DAYS * 86_400_000).toISOString();
}

/** Throws `invalid` if an interval is longer than LONGEST_SPAN_DAYS. */
export function notTooLong(path: string, from: string, to: string): void {
  if (Date.parse(to) > Date.parse(latestEnd(from)))
    throw Problem.field(path, `must be at most ${LONGEST_SPAN_DAYS} days after the start, ${from}`);
}

/** Whether an instant is further ahead of now than clocks differ. */
export function liesAhead(at: string, now: string): boolean {
  return Date.parse(at) > Date.parse(now) + CLOCK_TOLERANCE_MS;
}

/** Throws `invalid` if something is reported to have happened in the future. */
export function notAhead(path: string, at: string, now: string): void {
  if (liesAhead(at, now)) throw Problem.field(path, 'must not lie in the future');
}
