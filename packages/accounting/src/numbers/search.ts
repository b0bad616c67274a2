/** The last interval that has started at an instant. The intervals are sorted by start. */
export function lastStarted<T extends { readonly from: number }>(intervals: readonly T[], at: number): T | undefined {
  return intervals[startedBy(intervals, at) - 1];
}

/** The number of intervals that have started at an instant. The intervals are sorted by start. */
export function startedBy(intervals: readonly { readonly from: number }[], at: number): number {
  let low = 0;
  let high = intervals.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((intervals[middle]?.from ?? Infinity) <= at) low = middle + 1;
    else high = middle;
  }
  return low;
}
