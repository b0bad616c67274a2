import * as contracts from '@plantops/contracts';
import {
  deadLetters,
  batchOfLine,
  Database,
  eventHandler,
  forgetKeys,
  listDeadLetters,
  listHistory,
  listMissingEvents,
  masterLookup,
  replayDeadLetter,
  sendMissing,
  startRelay,
} from '@plantops/persistence';
import { answer, askMissing, Bus, every, type Call, type Handlers, type Start } from '@plantops/service-kit';
import { keepDays } from './figures/keep-days.ts';
import type { Config } from './config.ts';
import { tables } from './database.ts';
import type { Deps } from './deps.ts';
import { getFigures } from './figures/get-figures.ts';
import { getByCategory } from './ledger/get-by-category.ts';
import { explainMoneyLeak } from './ledger/explain-money-leak.ts';
import { getMoneyLeak } from './ledger/get-money-leak.ts';
import { getOverview } from './ledger/get-overview.ts';
import { listMoneyLeaks } from './ledger/list-money-leaks.ts';
import { onFacts } from './postings/on-facts.ts';
import { onMaster } from './postings/on-master.ts';
import { recordMoneyLeak } from './ledger/record-money-leak.ts';
import { setAction } from './ledger/set-action.ts';
import { getByReason } from './figures/get-by-reason.ts';
import { getLineOee, getOee } from './figures/get-oee.ts';
import { getReliability } from './figures/get-reliability.ts';
import { getTimeline } from './figures/get-timeline.ts';
import { getReconciliation } from './reconciliation/get-reconciliation.ts';

/** What this service answers, one row an operation. */
const answers = (deps: Deps & { readonly bus: Bus }, handlers: Handlers) => [
  answer(contracts.recordMoneyLeak, recordMoneyLeak(deps)),
  answer(contracts.setAction, setAction(deps)),
  answer(contracts.explainMoneyLeak, explainMoneyLeak(deps)),
  answer(contracts.getReconciliation, getReconciliation(deps)),
  answer(contracts.getMoneyLeak, getMoneyLeak(deps)),
  answer(contracts.listMoneyLeaks, listMoneyLeaks(deps)),
  answer(contracts.getByCategory, getByCategory(deps)),
  answer(contracts.getMoneyLeakOverview, getOverview(deps)),
  answer(contracts.getByReason, getByReason(deps)),
  answer(contracts.getReliability, getReliability(deps)),
  answer(contracts.getTimeline, getTimeline(deps)),
  answer(contracts.getLineOee, getLineOee(deps)),
  answer(contracts.getOee, getOee(deps)),
  answer(contracts.getLossFigures, getFigures(deps)),
  answer(contracts.historyOf('money-leaks'), listHistory(deps.database)),
  answer(contracts.deadLettersOf('money-leaks').list, listDeadLetters(deps.database, 'money-leaks')),
  answer(contracts.deadLettersOf('money-leaks').replay, replayDeadLetter(deps.database, 'money-leaks', handlers)),
];

export const start: Start<Config> = async (config, lifetime, logger, now) => {
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
  const product = masterLookup(database, 'product', (id, call: Call) => bus.call(contracts.getProduct, { id }, call));
  const batch = batchOfLine((id, call: Call) => bus.call(contracts.getBatch, { id }, call));
  const deps = { database, bus, now, line, plant, product, batch };
  const handlers: Handlers = {
    master: eventHandler(database, contracts.takesIn('money-leaks', 'master'), onMaster(deps)),
    events: eventHandler(database, contracts.takesIn('money-leaks', 'events'), onFacts(deps)),
  };

  lifetime.defer('relay', startRelay(database, bus));
  const missing = answer(
    contracts.missingEventsOf('money-leaks'),
    listMissingEvents(database, (tenant) => bus.backlogOf('money-leaks', tenant)),
  );
  lifetime.defer('answers', await bus.serve('money-leaks', [...answers(deps, handlers), missing], database.presence));
  lifetime.defer('consumers', bus.consume('money-leaks', handlers, deadLetters(database)));
  lifetime.defer(
    'anti-entropy',
    every(300_000, logger, () => sendMissing(database, 'money-leaks', askMissing(bus, 'money-leaks'))),
  );
  lifetime.defer(
    'housekeeping',
    every(3_600_000, logger, () => forgetKeys(database)),
  );
  lifetime.defer(
    'kept days',
    every(600_000, logger, () => keepDays(database, now())),
  );
  return { ready: () => bus.connected && database.presence.isThere };
};
