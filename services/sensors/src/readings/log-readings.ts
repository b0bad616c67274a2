import { command } from '@plantops/backbone';
import * as contracts from '@plantops/contracts';
import { shareSensor } from './find-sensors.ts';
import { refuseAhead } from './refuse-ahead.ts';
import { storeReadings } from './store-readings.ts';

export const logReadings = command(contracts.logReadings, () => async ({ id, readings }, { tx, call, at }) => {
  refuseAhead(readings, at);
  const sensor = await shareSensor(tx, id);
  const stored = await storeReadings(tx, [{ sensor, readings }], () => call, at);
  return { stored, known: readings.length - stored };
});
