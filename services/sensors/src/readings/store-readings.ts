import { limitBreached, limitCleared, type Reading, type SensorRow } from '@plantops/contracts';
import { announce, announcement, type Cause, type Tx } from '@plantops/persistence';
import { announcedOf, inOrder, isNewer, judge, type Announced, type SensorState } from '../sensors/sensor.rules.ts';
import { ensurePartitions, insertMissing, insertNew, type Placed } from './insert-readings.ts';

export type OfSensor = { readonly sensor: SensorRow; readonly readings: readonly Reading[] };
type StateRow = SensorState & { readonly sensor_id: string };

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
    const before = states.get(sensor.id) as StateRow;
    const ordered = inOrder(readings);
    // All stored readings of a sensor are at or before its last instant, so newer ones cannot be stored yet.
    for (const reading of ordered) (isNewer(reading, before) ? fresh : late).push({ place: index + 1, reading });
    return { sensor, before, ...judge(before, sensor, ordered) };
  });
  await insertNew(tx, ids, fresh);
  const missing = await insertMissing(tx, ids, late);
  await writeStates(
    tx,
    judged.flatMap(({ sensor, before, state }) => (state === before ? [] : [{ ...state, sensor_id: sensor.id }])),
  );
  await announceCrossings(
    tx,
    judged.flatMap(({ sensor, crossings }) => announcedOf(crossings).map((crossing) => ({ sensor, crossing }))),
    causeOf,
    now,
  );
  return fresh.length + missing;
};

const lockStates = async (tx: Tx, sensorIds: readonly string[]): Promise<Map<string, StateRow>> => {
  const rows = await tx.query<StateRow>(
    `select sensor_id, last_at, last_value, breached_side, breached_since, breached_limit, breached_value
     from sensor_state
     where tenant_id = $1 and sensor_id = any($2::uuid[])
     order by sensor_id
     for update`,
    [tx.tenant, sensorIds],
  );
  return new Map(rows.map((row) => [row.sensor_id, row]));
};

const writeStates = async (tx: Tx, states: readonly StateRow[]): Promise<void> => {
  if (states.length === 0) return;
  await tx.query(
    `update sensor_state s
     set last_at = n.last_at, last_value = n.last_value, breached_side = n.breached_side,
         breached_since = n.breached_since, breached_limit = n.breached_limit, breached_value = n.breached_value
     from jsonb_populate_recordset(null::public.sensor_state, $2::jsonb) n
     where s.tenant_id = $1 and s.sensor_id = n.sensor_id`,
    [tx.tenant, JSON.stringify(states)],
  );
};

const announceCrossings = async (
  tx: Tx,
  crossings: readonly { readonly sensor: SensorRow; readonly crossing: Announced }[],
  causeOf: (sensor: SensorRow) => Cause,
  now: string,
): Promise<void> => {
  const inTime = crossings.toSorted((a, b) =>
    a.crossing.at < b.crossing.at ? -1 : a.crossing.at > b.crossing.at ? 1 : 0,
  );
  for (const ofLine of Map.groupBy(inTime, ({ sensor }) => sensor.line_code).values()) {
    const announcements = ofLine.map(({ sensor: { id, line_id, code, name, unit }, crossing: { what, ...rest } }) =>
      announcement(what === 'breached' ? limitBreached : limitCleared, { id, line_id, code, name, unit, ...rest }, id),
    );
    await announce(tx, announcements, causeOf((ofLine[0] as (typeof ofLine)[number]).sensor), now);
  }
};
