import { Problem } from './problems.ts';

/** Clocks of line systems and people differ a little; what lies further ahead is a mistake. */
const CLOCK_TOLERANCE_MS = 5 * 60_000;

/** Longer than any stop or batch lasts; what is longer is a mistyped year, and would be laid day by day. */
const LONGEST_SPAN_DAYS = 366;

/** The latest end of a span that begins then. */
export const latestEnd = (from: string): string => new Date(Date.parse(from) + LONGEST_SPAN_DAYS * 86_400_000).toISOString();

/** Refuses a span that cannot be meant. */
export const notTooLong = (path: string, from: string, to: string): void => {
  if (Date.parse(to) > Date.parse(latestEnd(from)))
    throw Problem.field(path, `must be at most ${LONGEST_SPAN_DAYS} days after the start, ${from}`);
};

/** Whether an instant lies further ahead of now than clocks differ. */
export const liesAhead = (at: string, now: string): boolean => Date.parse(at) > Date.parse(now) + CLOCK_TOLERANCE_MS;

/** Refuses an instant of the future for something that is reported as having happened. */
export const notAhead = (path: string, at: string, now: string): void => {
  if (liesAhead(at, now)) throw Problem.field(path, 'must not lie in the future');
};
