import type { Reading, SensorRow } from '@plantops/contracts';
import type { Tx } from '@plantops/persistence';
import type { Deps } from '../deps.ts';
import { shareSensor } from './find-sensors.ts';
import { storeReadings } from './store-readings.ts';

const RELEASED_AT_ONCE = 10_000;

/** Stores the oldest readings that waited for a sensor that is known now, and returns how many. */
export const releaseChunk = async (tx: Tx, sensor: SensorRow, now: string): Promise<number> => {
  const readings = await tx.query<Reading>(
    `with last as (
       select at
       from waiting_reading
       where tenant_id = $1 and line_code = $2 and sensor_code = $3
       order by at
       offset ${RELEASED_AT_ONCE - 1}
       limit 1
     ), released as (
       delete from waiting_reading
       where tenant_id = $1 and line_code = $2 and sensor_code = $3
         and at <= coalesce((select at from last), 'infinity')
       returning at, value, quality
     )
     select at, value, quality from released order by at`,
    [tx.tenant, sensor.line_code, sensor.code],
  );
  await storeReadings(
    tx,
    readings.length === 0 ? [] : [{ sensor, readings }],
    () => ({ actor: `line:${sensor.line_code}` }),
    now,
  );
  return readings.length;
};

/** No reading starts to wait for a known sensor, so this ends. */
export const releaseRest = async (
  { database, now }: Deps,
  tenant: string,
  { id }: Pick<SensorRow, 'id'>,
): Promise<void> => {
  for (;;) {
    const released = await database.transact(tenant, async (tx) => releaseChunk(tx, await shareSensor(tx, id), now()));
    if (released < RELEASED_AT_ONCE) return;
  }
};
