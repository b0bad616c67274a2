/** Of sorted times the one that this share of them does not exceed; without any, for ever. */
export const quantile = (sorted: readonly number[], share: number): number =>
  sorted[Math.max(Math.ceil(sorted.length * share) - 1, 0)] ?? Number.POSITIVE_INFINITY;
