/** The time window of a query for readings, and its points. Decisions only. */
import { midnightsIn, type Interval } from '@plantops/accounting';
import { Problem } from '@plantops/contracts';

/** A year, and some days to compare with. */
const LONGEST_WINDOW_DAYS = 400;
const DAY_AND_A_HALF_MS = 36 * 3_600_000;

const startOfDay = (timezone: string, at: number): number =>
  midnightsIn(timezone, { from: at - DAY_AND_A_HALF_MS, to: at + 1 }).at(-1) ?? at;
const endOfDay = (timezone: string, at: number): number =>
  midnightsIn(timezone, { from: at, to: at + DAY_AND_A_HALF_MS })[0] ?? at;

/** from and to as given; one alone extends to now or back to the start of its day; without both, the plant's today. */
export const windowOf = (
  timezone: string,
  { from, to }: { readonly from?: string | undefined; readonly to?: string | undefined },
  now: string,
): Interval => {
  const today = Date.parse(now);
  const until = to === undefined ? (from === undefined ? endOfDay(timezone, today) : today) : Date.parse(to);
  const since = from === undefined ? startOfDay(timezone, to === undefined ? today : until - 1) : Date.parse(from);
  if (since >= until) throw Problem.field('from', 'must be before to');
  if (until - since > LONGEST_WINDOW_DAYS * 86_400_000)
    throw Problem.field('from', `must be at most ${LONGEST_WINDOW_DAYS} days before to`);
  return { from: since, to: until };
};

/** The width of each point in whole microseconds, rounded up: the points cover the window and are not one too many. */
export const bucketMicroseconds = ({ from, to }: Interval, points: number): number =>
  Math.ceil(((to - from) * 1_000) / points);
