import * as contracts from '@plantops/contracts';
import { applyEvents, Database, expireWaiting, masterLookup, receiveLineEvents, startRelay } from '@plantops/persistence';
import { answer, Bus, every, systemClock, type Call, type Start } from '@plantops/service-kit';
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
import { startDowntime } from './downtimes/start-downtime.ts';
import { voidDowntime } from './downtimes/void-downtime.ts';
import { getFigures } from './figures/get-figures.ts';
import { lineEventKeeper } from './line-events/keeper.ts';
import { listRejections } from './line-events/list-rejections.ts';
import { onMaster } from './line-events/on-master.ts';

/** What this service answers, one row an operation. */
const answers = (deps: Deps) => [
  answer(contracts.startDowntime, startDowntime(deps)),
  answer(contracts.acknowledgeDowntime, acknowledgeDowntime(deps)),
  answer(contracts.endDowntime, endDowntime(deps)),
  answer(contracts.amendDowntime, amendDowntime(deps)),
  answer(contracts.voidDowntime, voidDowntime(deps)),
  answer(contracts.getDowntime, getDowntime(deps)),
  answer(contracts.listDowntimes, listDowntimes(deps)),
  answer(contracts.listDowntimeRejections, listRejections(deps)),
  answer(contracts.getDowntimeFigures, getFigures(deps)),
];

export const start: Start<Config> = async (config, lifetime, logger) => {
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
  const deps: Deps = { database, now: systemClock, line };
  const on = (stream: string, types: RegExp, apply: Parameters<typeof applyEvents>[3]) =>
    bus.consume({
      stream,
      durable: 'downtimes',
      handle: (batch) =>
        applyEvents(
          database,
          batch.map(({ payload }) => payload),
          (type) => types.test(type),
          apply,
        ),
    });

  lifetime.defer(
    'relay',
    startRelay(database, (messages) => bus.publish(messages)),
  );
  lifetime.defer('answers', await bus.serve('downtimes', answers(deps)));
  lifetime.defer(
    'line events',
    bus.consumeIngest({ durable: 'downtimes', handle: (batch) => receiveLineEvents(database, lineEventKeeper, batch, deps.now()) }),
  );
  lifetime.defer('master data', on(contracts.streamName.master, /^line\./, onMaster(deps)));
  lifetime.defer(
    'events',
    on(contracts.streamName.events, /^(batch|money_leak)\./, async (tx, events) => {
      const [batches, leaks] = [
        events.filter(({ type }) => type.startsWith('batch.')),
        events.filter(({ type }) => type.startsWith('money_leak.')),
      ];
      await onBatches(deps)(tx, batches);
      await onMoneyLeaks(tx, leaks);
    }),
  );
  lifetime.defer(
    'expiry',
    every(3_600_000, logger, () => expireWaiting(database, lineEventKeeper, deps.now())),
  );
  return { ready: () => bus.connected };
};
