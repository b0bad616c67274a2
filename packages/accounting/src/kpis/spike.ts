import { exact, sum, type Decimal, type Numeric } from '../numbers/exact.ts';

/** One clock hour of a line and product: n = PQ, d = production rejects. */
export interface SpikePoint {
  readonly n: Numeric;
  readonly d: Numeric;
}

/** A closed hour. An hour that raised an alert is not in the mean. */
export interface ClosedPoint extends SpikePoint {
  readonly alerted: boolean;
}

export interface Spike {
  /** Mean fraction of rejects, Σd / Σn. */
  readonly mean: number;
  /** Upper limit of the fraction: mean + 3·sqrt(mean·(1 - mean) / n). */
  readonly limit: number;
  /** d / n of the point. */
  readonly value: number;
  readonly is_spike: boolean;
}

const POINTS = 30;
const LEAST_POINTS = 20;
const LEAST_REJECTS = 5;

/**
 * p-chart (Shewhart chart for fractions, ISO 7870-2) of scrap per clock hour. The mean is that of the last 30 closed
 * hours with production and without an alert, of at least 20. A spike has d >= 5 and d/n over the upper limit. `closed`
 * is in order of time. Returns null when there are too few points, or when no units were made in the hour.
 */
export function scrapSpike(closed: readonly ClosedPoint[], point: SpikePoint): Spike | null {
  const base = closed.filter((past) => !past.alerted && exact(past.n).gt(0)).slice(-POINTS);
  const n = exact(point.n);
  if (base.length < LEAST_POINTS || n.lte(0)) return null;
  const mean = sum(base.map((past) => past.d)).div(sum(base.map((past) => past.n)));
  const limit = upperLimit(mean, n);
  const value = exact(point.d).div(n);
  return {
    mean: mean.toNumber(),
    limit: limit.toNumber(),
    value: value.toNumber(),
    is_spike: exact(point.d).gte(LEAST_REJECTS) && value.gt(limit),
  };
}

function upperLimit(mean: Decimal, n: Decimal): Decimal {
  const variance = mean.times(exact(1).minus(mean)).div(n);
  return variance.isNegative() ? mean : mean.plus(variance.sqrt().times(3));
}
