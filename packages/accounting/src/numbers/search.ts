/** Of spans sorted by start, the last one that has started at an instant. */
export function lastStarted<T extends { readonly from: number }>(spans: readonly T[], at: number): T | undefined {
  return spans[startedBy(spans, at) - 1];
}

/** How many of the spans, sorted by start, have started at an instant. */
export function startedBy(spans: readonly { readonly from: number }[], at: number): number {
  let low = 0;
  let high = spans.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((spans[middle]?.from ?? Infinity) <= at) low = middle + 1;
    else high = middle;
  }
  return low;
}
