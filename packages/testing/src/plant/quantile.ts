/** The smallest of the sorted times that this share of them does not exceed; infinity when there are no times. */
export const quantile = (sorted: readonly number[], share: number): number =>
  sorted[Math.max(Math.ceil(sorted.length * share) - 1, 0)] ?? Number.POSITIVE_INFINITY;
