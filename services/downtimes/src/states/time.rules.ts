/** Half-open intervals in ISO text; `to` is null while one lasts. */
export type Interval = { readonly from: string; readonly to: string | null };

const END = '9999';
export const isBefore = (instant: string | null, other: string | null): boolean => (instant ?? END) < (other ?? END);
export const holds = ({ from, to }: Interval, instant: string): boolean => from <= instant && isBefore(instant, to);
export const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
export const byStart = (a: Interval, b: Interval): number => compare(a.from, b.from);

/** How long two intervals overlap, milliseconds; 0 or less: they do not. */
export const overlap = (a: Interval, b: Interval): number => {
  const from = a.from > b.from ? a.from : b.from;
  const to = isBefore(a.to, b.to) ? a.to : b.to;
  return (to === null ? Infinity : Date.parse(to)) - Date.parse(from);
};

/** The one whose interval holds an instant; they are in order of time and overlap none. */
export const holding = <T>(all: readonly T[], instant: string, intervalOf: (one: T) => Interval): T | undefined => {
  let [low, high] = [0, all.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (intervalOf(all[middle] as T).from <= instant) low = middle + 1;
    else high = middle;
  }
  const last = all[low - 1];
  return last !== undefined && holds(intervalOf(last), instant) ? last : undefined;
};

/** The interval that overlaps this one most, of equal ones the earlier. */
export const mostOverlapped = <T extends Interval>(all: readonly T[], interval: Interval): T | undefined =>
  all.reduce<T | undefined>(
    (best, other) => (overlap(other, interval) > (best === undefined ? 0 : overlap(best, interval)) ? other : best),
    undefined,
  );

/** The time of intervals, as intervals in order that overlap none. */
export const unionOf = (all: readonly Interval[]): Interval[] => {
  const union: { from: string; to: string | null }[] = [];
  for (const { from, to } of all.toSorted(byStart)) {
    const last = union.at(-1);
    if (last === undefined || isBefore(last.to, from)) union.push({ from, to });
    else if (isBefore(last.to, to)) last.to = to;
  }
  return union;
};

/** What is left of intervals in order of time without the time of others. */
export const without = <T extends Interval>(all: readonly T[], taken: readonly Interval[]): T[] => {
  const sorted = taken.toSorted(byStart);
  let next = 0;
  /** The end of what was taken before the interval that is looked at. */
  let until = '';
  return all.flatMap((one) => {
    const left: T[] = [];
    let { from } = one;
    if (until > from) from = until;
    for (let other = sorted[next]; other !== undefined && isBefore(other.from, one.to); other = sorted[(next += 1)]) {
      if (from < other.from) left.push({ ...one, from, to: other.from });
      const end = other.to ?? END;
      if (end > until) until = end;
      if (until > from) from = until;
    }
    if (isBefore(from, one.to)) left.push({ ...one, from });
    return left;
  });
};
