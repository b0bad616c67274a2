import type { Tx } from '@plantops/persistence';
import * as leakHours from '../projections/leak-hours.ts';

const HOUR_MS = 3_600_000;
/** Below this many dollars in the two hours nobody is alerted. */
const LEAST_USD = 50;
const TIMES_USUAL = 3;

/**
 * Lines that lost several times more than usual in this clock hour and the one before: the mean of two hours in the
 * week before.
 */
export function burnRates(tx: Tx, lineIds: readonly string[], now: string): Promise<leakHours.Burning[]> {
  const since = Math.floor(Date.parse(now) / HOUR_MS) * HOUR_MS - HOUR_MS;
  return leakHours.readBurning(tx, lineIds, new Date(since).toISOString(), LEAST_USD, TIMES_USUAL);
}
