import type { SensorRow } from '@plantops/contracts';
import {
  columnsOf,
  eachTenant,
  expireWaiting,
  raw,
  rejectMessages,
  sql,
  waitedTooLong,
  type Tx,
  type WaitingRoom,
} from '@plantops/persistence';
import type { Deps } from '../deps.ts';
import { Sensor } from '../sensors/sensor.table.ts';
import { releaseRest } from './release-waiting.ts';

/**
 * Stores readings that still wait because the process that added their sensor ended. Deletes those that waited too
 * long.
 */
export async function tidyWaiting(deps: Deps): Promise<void> {
  const { database, now } = deps;
  await eachTenant(database, sql`select distinct tenant_id from waiting_reading`, async (tenant) => {
    const known = await database.transact(tenant, findSensorsWaitedFor);
    for (const sensor of known) await releaseRest(deps, tenant, sensor);
  });
  await expireWaiting(database, waitingReadings, now());
}

function findSensorsWaitedFor(tx: Tx): Promise<SensorRow[]> {
  return tx.query<SensorRow>(sql`
    select ${raw(columnsOf(Sensor, 's'))}
    from sensor s
    where s.tenant_id = ${tx.tenant}
      and exists (
        select from waiting_reading w
        where w.tenant_id = s.tenant_id and w.line_code = s.line_code and w.sensor_code = s.code
      )`);
}

type WaitingReading = { readonly line_code: string; readonly sensor_code: string; readonly at: string };

const waitingReadings: WaitingRoom<WaitingReading> = {
  table: 'waiting_reading',
  columns: sql`line_code, sensor_code, at`,
  expiredAtOnce: 5_000,
  reject: (tx, expired, now) => {
    const bySensor = Map.groupBy(expired, ({ line_code, sensor_code }) => `${line_code}.${sensor_code}`);
    return rejectMessages(
      tx,
      [...bySensor.values()].map((ofSensor) => rejectionOf(tx.tenant, ofSensor)),
      now,
    );
  },
};

/** One rejection for all expired readings of a sensor. */
function rejectionOf(
  tenant: string,
  ofSensor: readonly WaitingReading[],
): Parameters<typeof rejectMessages>[1][number] {
  const { line_code: line, sensor_code: sensor } = ofSensor[0] as WaitingReading;
  const instants = ofSensor.map(({ at }) => at).toSorted();
  return {
    tenant,
    line,
    kind: 'readings',
    id: sensor,
    reason: waitedTooLong(`line ${line} has no sensor ${sensor}`),
    body: JSON.stringify({ sensor, readings: ofSensor.length, from: instants[0], to: instants.at(-1) }),
  };
}
