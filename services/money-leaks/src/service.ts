import * as contracts from '@plantops/contracts';
import { applyEvents, Database, masterLookup, startRelay } from '@plantops/persistence';
import { answer, Bus, systemClock, type Call, type Start } from '@plantops/service-kit';
import type { Config } from './config.ts';
import { tables } from './database.ts';
import type { Deps } from './deps.ts';
import { getFigures } from './figures/get-figures.ts';
import { getByCategory } from './ledger/get-by-category.ts';
import { getMoneyLeak } from './ledger/get-money-leak.ts';
import { getOverview } from './ledger/get-overview.ts';
import { listMoneyLeaks } from './ledger/list-money-leaks.ts';
import { onFacts } from './ledger/on-facts.ts';
import { onMaster } from './ledger/on-master.ts';
import { recordMoneyLeak } from './ledger/record-money-leak.ts';
import { getByReason } from './oee/get-by-reason.ts';
import { getLineOee, getOee } from './oee/get-oee.ts';

/** What this service answers, one row an operation. */
const answers = (deps: Deps) => [
  answer(contracts.recordMoneyLeak, recordMoneyLeak(deps)),
  answer(contracts.getMoneyLeak, getMoneyLeak(deps)),
  answer(contracts.listMoneyLeaks, listMoneyLeaks(deps)),
  answer(contracts.getByCategory, getByCategory(deps)),
  answer(contracts.getMoneyLeakOverview, getOverview(deps)),
  answer(contracts.getByReason, getByReason(deps)),
  answer(contracts.getLineOee, getLineOee(deps)),
  answer(contracts.getOee, getOee(deps)),
  answer(contracts.getLossFigures, getFigures(deps)),
];

/** What it listens to: everything that moves a minute or a unit. */
const FACTS = /^(downtime|state|batch|count|scrap|trial)\./;
const MASTER = /^(plant|line|product)\./;

export const start: Start<Config> = async (config, lifetime, logger) => {
  const database = await Database.open({
    url: config.PLANTOPS_DATABASE_URL,
    ownerUrl: config.PLANTOPS_DATABASE_OWNER_URL,
    ...tables,
    log: logger,
  });
  lifetime.defer('database', () => database.close());
  const bus = await Bus.connect('money-leaks', config.PLANTOPS_NATS_URL, logger);
  lifetime.defer('bus', () => bus.close());

  const line = masterLookup(database, 'line', (id, call: Call) => bus.call(contracts.getLine, { id }, call));
  const plant = masterLookup(database, 'plant', (id, call: Call) => bus.call(contracts.getPlant, { id }, call));
  const deps: Deps = { database, now: systemClock, line, plant };
  const on = (stream: string, types: RegExp, apply: Parameters<typeof applyEvents>[3]) =>
    bus.consume({
      stream,
      durable: 'money-leaks',
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
  lifetime.defer('answers', await bus.serve('money-leaks', answers(deps)));
  lifetime.defer('master data', on(contracts.streamName.master, MASTER, onMaster(deps)));
  lifetime.defer('facts', on(contracts.streamName.events, FACTS, onFacts(deps)));
  return { ready: () => bus.connected };
};
