import { dataService, masterLookup, on } from '@plantops/backbone';
import { getLine } from '@plantops/contracts';
import { rememberMaster } from '@plantops/persistence';
import { tables } from './database.ts';
import type { Deps } from './deps.ts';
import { getFigures } from './figures/get-figures.ts';
import { getReadings } from './readings/get-readings.ts';
import { logReadings } from './readings/log-readings.ts';
import { receiveReadings } from './readings/receive-readings.ts';
import { tidyWaiting } from './readings/tidy-waiting.ts';
import { discardWaiting, listWaiting, releaseAllWaiting, releaseWaiting } from './readings/waiting-sensors.ts';
import { breachDue } from './sensors/breach-due.ts';
import { createSensor } from './sensors/create-sensor.ts';
import { getSensor } from './sensors/get-sensor.ts';
import { listSensors } from './sensors/list-sensors.ts';
import { updateSensor } from './sensors/update-sensor.ts';

const TWO_SECONDS_MS = 2_000;
const AN_HOUR_MS = 3_600_000;

export const start = dataService<Deps>('sensors', {
  tables,
  deps: ({ bus, ...base }) => ({ ...base, line: masterLookup('line', (id, call) => bus.call(getLine, { id }, call)) }),
  operations: [
    createSensor,
    updateSensor,
    getSensor,
    listSensors,
    logReadings,
    getReadings,
    getFigures,
    listWaiting,
    releaseWaiting,
    releaseAllWaiting,
    discardWaiting,
  ],
  readings: receiveReadings,
  reactions: [on(['plant', 'line'], () => (events, tx) => rememberMaster(tx, events))],
  jobs: [
    { name: 'waiting readings', everyMs: AN_HOUR_MS, run: tidyWaiting },
    { name: 'delayed breaches', everyMs: TWO_SECONDS_MS, run: ({ database, now }) => breachDue(database, now()) },
  ],
});
