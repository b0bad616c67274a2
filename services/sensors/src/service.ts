import * as contracts from '@plantops/contracts';
import {
  deadLetters,
  Database,
  eventHandler,
  forgetKeys,
  listDeadLetters,
  listHistory,
  listMissingEvents,
  listRejections,
  masterLookup,
  rememberMaster,
  replayDeadLetter,
  sendMissing,
  startRelay,
} from '@plantops/persistence';
import { answer, askMissing, Bus, every, type Call, type Handlers, type Start } from '@plantops/service-kit';
import type { Config } from './config.ts';
import { tables } from './database.ts';
import type { Deps } from './deps.ts';
import { getFigures } from './figures/get-figures.ts';
import { getReadings } from './readings/get-readings.ts';
import { logReadings } from './readings/log-readings.ts';
import { receiveReadings } from './readings/receive-readings.ts';
import { tidyWaiting } from './readings/tidy-waiting.ts';
import { createSensor } from './sensors/create-sensor.ts';
import { getSensor } from './sensors/get-sensor.ts';
import { listSensors } from './sensors/list-sensors.ts';
import { updateSensor } from './sensors/update-sensor.ts';

/** What this service answers, one row an operation. */
const answers = (deps: Deps, handlers: Handlers) => [
  answer(contracts.createSensor, createSensor(deps)),
  answer(contracts.updateSensor, updateSensor(deps)),
  answer(contracts.getSensor, getSensor(deps)),
  answer(contracts.listSensors, listSensors(deps)),
  answer(contracts.logReadings, logReadings(deps)),
  answer(contracts.getReadings, getReadings(deps)),
  answer(contracts.listSensorRejections, listRejections(deps.database, 'sensors')),
  answer(contracts.getSensorFigures, getFigures(deps)),
  answer(contracts.historyOf('sensors'), listHistory(deps.database)),
  answer(contracts.deadLettersOf('sensors').list, listDeadLetters(deps.database, 'sensors')),
  answer(contracts.deadLettersOf('sensors').replay, replayDeadLetter(deps.database, 'sensors', handlers)),
];

export const start: Start<Config> = async (config, lifetime, logger, now) => {
  const database = await Database.open({
    url: config.PLANTOPS_DATABASE_URL,
    ownerUrl: config.PLANTOPS_DATABASE_OWNER_URL,
    ...tables,
    log: logger,
  });
  lifetime.defer('database', () => database.close());
  const bus = await Bus.connect('sensors', config.PLANTOPS_NATS_URL, logger);
  lifetime.defer('bus', () => bus.close());

  const line = masterLookup(database, 'line', (id, call: Call) => bus.call(contracts.getLine, { id }, call));
  const deps: Deps = { database, now, line };
  const handlers: Handlers = {
    readings: receiveReadings(deps),
    master: eventHandler(database, contracts.takesIn('sensors', 'master'), rememberMaster),
  };
  lifetime.defer('relay', startRelay(database, bus));
  const missing = answer(
    contracts.missingEventsOf('sensors'),
    listMissingEvents(database, (tenant) => bus.backlogOf('sensors', tenant)),
  );
  lifetime.defer('answers', await bus.serve('sensors', [...answers(deps, handlers), missing], database.presence));
  lifetime.defer('consumers', bus.consume('sensors', handlers, deadLetters(database)));
  lifetime.defer(
    'anti-entropy',
    every(300_000, logger, () => sendMissing(database, 'sensors', askMissing(bus, 'sensors'))),
  );
  lifetime.defer(
    'housekeeping',
    every(3_600_000, logger, async () => {
      await tidyWaiting(deps);
      await forgetKeys(database);
    }),
  );
  return { ready: () => bus.connected && database.presence.isThere };
};
