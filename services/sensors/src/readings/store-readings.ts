import type { Reading, SensorRow } from '@plantops/contracts';
import type { Cause, Tx } from '@plantops/persistence';
import { inOrder, isNewer, judge, type SensorState } from '../sensors/sensor.rules.ts';
import { keepJudged, lockStates } from '../sensors/sensor-states.ts';
import { ensurePartitions, insertMissing, insertNew, type Placed } from './insert-readings.ts';

export type OfSensor = { readonly sensor: SensorRow; readonly readings: readonly Reading[] };

/**
 * Stores readings of known sensors, each sensor once, and announces the limits they cross, a few for each sensor. A reading for a known
 * instant changes nothing. Returns how many were new. The lock on a sensor's state excludes others who store its
 * readings.
 */
export const storeReadings = async (
  tx: Tx,
  batch: readonly OfSensor[],
  causeOf: (sensor: SensorRow) => Cause,
  now: string,
): Promise<number> => {
  if (batch.length === 0) return 0;
  const ids = batch.map(({ sensor }) => sensor.id);
  await ensurePartitions(
    tx,
    batch.flatMap(({ readings }) => readings),
  );
  const states = await lockStates(tx, ids);
  const [fresh, late]: [Placed[], Placed[]] = [[], []];
  const judged = batch.map(({ sensor, readings }, index) => {
    const before = states.get(sensor.id) as SensorState;
    const ordered = inOrder(readings);
    // All stored readings of a sensor are at or before its last instant, so newer ones cannot be stored yet.
    for (const reading of ordered) (isNewer(reading, before) ? fresh : late).push({ place: index + 1, reading });
    return { sensor, before, ...judge(before, sensor, ordered) };
  });
  await insertNew(tx, ids, fresh);
  const missing = await insertMissing(tx, ids, late);
  await keepJudged(tx, judged, causeOf, now);
  return fresh.length + missing;
};
