import { Problem } from './problems.ts';

/** Clocks of line systems and people differ a little; what lies further ahead is a mistake. */
const CLOCK_TOLERANCE_MS = 5 * 60_000;

/** Whether an instant lies further ahead of now than clocks differ. */
export const liesAhead = (at: string, now: string): boolean => Date.parse(at) > Date.parse(now) + CLOCK_TOLERANCE_MS;

/** Refuses an instant of the future for something that is reported as having happened. */
export const notAhead = (path: string, at: string, now: string): void => {
  if (liesAhead(at, now)) throw Problem.field(path, 'must not lie in the future');
};
