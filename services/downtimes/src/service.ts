import * as contracts from '@plantops/contracts';
import {
  deadLetters,
  batchOfLine,
  Database,
  eventHandler,
  expireWaiting,
  forgetKeys,
  listDeadLetters,
  listHistory,
  listMissingEvents,
  listRejections,
  masterLookup,
  receiveLineEvents,
  replayDeadLetter,
  sendMissing,
  startRelay,
  startReleasing,
} from '@plantops/persistence';
import { answer, askMissing, Bus, every, type Call, type Handlers, type Start } from '@plantops/service-kit';
import { knownBatch } from './batches/known-batch.ts';
import { onBatches } from './batches/on-batches.ts';
import type { Config } from './config.ts';
import { tables } from './database.ts';
import type { Deps } from './deps.ts';
import { acknowledgeDowntime } from './downtimes/acknowledge-downtime.ts';
import { amendDowntime } from './downtimes/amend-downtime.ts';
import { endDowntime } from './downtimes/end-downtime.ts';
import { getDowntime } from './downtimes/get-downtime.ts';
import { listDowntimes } from './downtimes/list-downtimes.ts';
import { onMoneyLeaks } from './downtimes/on-money-leak.ts';
import { splitDowntime } from './downtimes/split-downtime.ts';
import { startDowntime } from './downtimes/start-downtime.ts';
import { voidDowntime } from './downtimes/void-downtime.ts';
import { getFigures } from './figures/get-figures.ts';
import { getRows } from './figures/get-rows.ts';
import { lineEventKeeper } from './line-events/keeper.ts';
import { onMaster } from './line-events/on-master.ts';
import { listReasons } from './reasons/list-reasons.ts';
import { setReasons } from './reasons/set-reasons.ts';

/** What this service answers, one row an operation. */
const answers = (deps: Deps, handlers: Handlers) => [
  answer(contracts.startDowntime, startDowntime(deps)),
  answer(contracts.acknowledgeDowntime, acknowledgeDowntime(deps)),
  answer(contracts.endDowntime, endDowntime(deps)),
  answer(contracts.amendDowntime, amendDowntime(deps)),
  answer(contracts.voidDowntime, voidDowntime(deps)),
  answer(contracts.splitDowntime, splitDowntime(deps)),
  answer(contracts.getDowntime, getDowntime(deps)),
  answer(contracts.listDowntimes, listDowntimes(deps)),
  answer(contracts.listReasons, listReasons(deps)),
  answer(contracts.setReasons, setReasons(deps)),
  answer(contracts.listDowntimeRejections, listRejections(deps.database, 'downtimes')),
  answer(contracts.getDowntimeRows, getRows(deps)),
  answer(contracts.getDowntimeFigures, getFigures(deps)),
  answer(contracts.historyOf('downtimes'), listHistory(deps.database)),
  answer(contracts.deadLettersOf('downtimes').list, listDeadLetters(deps.database, 'downtimes')),
  answer(contracts.deadLettersOf('downtimes').replay, replayDeadLetter(deps.database, 'downtimes', handlers)),
];

export const start: Start<Config> = async (config, lifetime, logger, now) => {
  const database = await Database.open({
    url: config.PLANTOPS_DATABASE_URL,
    ownerUrl: config.PLANTOPS_DATABASE_OWNER_URL,
    ...tables,
    log: logger,
  });
  lifetime.defer('database', () => database.close());
  const bus = await Bus.connect('downtimes', config.PLANTOPS_NATS_URL, logger);
  lifetime.defer('bus', () => bus.close());

  const line = masterLookup(database, 'line', (id, call: Call) => bus.call(contracts.getLine, { id }, call));
  const batch = batchOfLine(
    async (id, call: Call) => (await knownBatch(database, call.tenant, id)) ?? bus.call(contracts.getBatch, { id }, call),
  );
  const deps: Deps = { database, now, line, batch };
  const handlers: Handlers = {
    ingest: (messages) => receiveLineEvents(database, lineEventKeeper, messages, deps.now()),
    master: eventHandler(database, contracts.takesIn('downtimes', 'master'), onMaster(deps)),
    events: eventHandler(database, contracts.takesIn('downtimes', 'events'), async (tx, events) => {
      const [batches, leaks] = [
        events.filter(({ type }) => type.startsWith('batch.')),
        events.filter(({ type }) => type.startsWith('money_leak.')),
      ];
      await onBatches(deps)(tx, batches);
      await onMoneyLeaks(tx, leaks);
    }),
  };

  lifetime.defer('relay', startRelay(database, bus));
  const missing = answer(
    contracts.missingEventsOf('downtimes'),
    listMissingEvents(database, (tenant) => bus.backlogOf('downtimes', tenant)),
  );
  lifetime.defer('answers', await bus.serve('downtimes', [...answers(deps, handlers), missing], database.presence));
  lifetime.defer('consumers', bus.consume('downtimes', handlers, deadLetters(database)));
  lifetime.defer('releasing', startReleasing(database, lineEventKeeper, now));
  lifetime.defer(
    'anti-entropy',
    every(300_000, logger, () => sendMissing(database, 'downtimes', askMissing(bus, 'downtimes'))),
  );
  lifetime.defer(
    'housekeeping',
    every(3_600_000, logger, async () => {
      await expireWaiting(database, lineEventKeeper, deps.now());
      await forgetKeys(database);
    }),
  );
  return { ready: () => bus.connected && database.presence.isThere };
};
