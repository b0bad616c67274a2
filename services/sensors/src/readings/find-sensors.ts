import type { Reading, SensorRow } from '@plantops/contracts';
import { getRow, type Tx } from '@plantops/persistence';
import { Sensor } from '../sensors/sensor.table.ts';
import { shareWaiting } from './locks.ts';
import type { Usable } from './read-chunks.ts';
import type { OfSensor } from './store-readings.ts';

/**
 * Finds the sensor of each message. Returns the readings grouped by sensor, in order of arrival, and those of unknown
 * sensors.
 */
export const findSensors = async (
  tx: Tx,
  messages: readonly Usable[],
): Promise<{ known: OfSensor[]; unknown: Usable[] }> => {
  if (messages.length === 0) return { known: [], unknown: [] };
  const byAddress = Map.groupBy(messages, ({ line, sensor }) => addressOf(line, sensor));
  const addressed = [...byAddress.values()].map(([first]) => first as Usable);
  const sensors = await tx.query<SensorRow>(
    `select s.*
     from unnest($2::text[], $3::text[]) as a(line_code, code)
     join sensor s on s.tenant_id = $1 and s.line_code = a.line_code and s.code = a.code`,
    [tx.tenant, addressed.map(({ line }) => line), addressed.map(({ sensor }) => sensor)],
  );
  const known = sensors.map((sensor) => {
    const address = addressOf(sensor.line_code, sensor.code);
    const readings: Reading[] = (byAddress.get(address) ?? []).flatMap((message) => message.readings);
    byAddress.delete(address);
    return { sensor, readings };
  });
  return { known, unknown: [...byAddress.values()].flat() };
};

/** Neither code contains a dot. */
const addressOf = (line: string, sensor: string): string => `${line}.${sensor}`;

/** A sensor whose limits nobody changes until the transaction is over. Problem `not_found`. */
export const shareSensor = async (tx: Tx, id: string): Promise<SensorRow> => {
  const [, sensor] = await Promise.all([shareWaiting(tx), getRow(tx, Sensor, id)]);
  return sensor;
};
