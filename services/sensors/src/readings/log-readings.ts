import { command } from '@plantops/backbone';
import * as contracts from '@plantops/contracts';
import { getRow } from '@plantops/persistence';
import { Sensor } from '../sensors/sensor.table.ts';
import { refuseAhead } from './refuse-ahead.ts';
import { storeReadings } from './store-readings.ts';

export const logReadings = command(contracts.logReadings, () => async ({ id, readings }, { tx, call, at }) => {
  refuseAhead(readings, at);
  const sensor = await getRow(tx, Sensor, id);
  const stored = await storeReadings(tx, [{ sensor, readings }], () => call, at);
  return { stored, known: readings.length - stored };
});
