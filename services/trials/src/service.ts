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
import { cancelTrial } from './trials/cancel-trial.ts';
import { completeTrial } from './trials/complete-trial.ts';
import { getTrial } from './trials/get-trial.ts';
import { listTrials } from './trials/list-trials.ts';
import { planTrial } from './trials/plan-trial.ts';
import { startTrial } from './trials/start-trial.ts';
import { updateTrial } from './trials/update-trial.ts';

/** What this service answers, one row an operation. */
const answers = (deps: Deps, handlers: Handlers) => [
  answer(contracts.planTrial, planTrial(deps)),
  answer(contracts.updateTrial, updateTrial(deps)),
  answer(contracts.startTrial, startTrial(deps)),
  answer(contracts.completeTrial, completeTrial(deps)),
  answer(contracts.cancelTrial, cancelTrial(deps)),
  answer(contracts.getTrial, getTrial(deps)),
  answer(contracts.listTrials, listTrials(deps)),
  answer(contracts.getTrialFigures, getFigures(deps)),
  answer(contracts.historyOf('trials'), listHistory(deps.database)),
  answer(contracts.deadLettersOf('trials').list, listDeadLetters(deps.database, 'trials')),
  answer(contracts.deadLettersOf('trials').replay, replayDeadLetter(deps.database, 'trials', handlers)),
];

export const start: Start<Config> = async (config, lifetime, logger, now) => {
  const database = await Database.open({
    url: config.PLANTOPS_DATABASE_URL,
    ownerUrl: config.PLANTOPS_DATABASE_OWNER_URL,
    ...tables,
    log: logger,
  });
  lifetime.defer('database', () => database.close());
  const bus = await Bus.connect('trials', config.PLANTOPS_NATS_URL, logger);
  lifetime.defer('bus', () => bus.close());

  const line = masterLookup(database, 'line', (id, call: Call) => bus.call(contracts.getLine, { id }, call));
  const batch = batchOfLine((id, call: Call) => bus.call(contracts.getBatch, { id }, call));
  const deps: Deps = { database, now, line, batch };
  const handlers: Handlers = { master: eventHandler(database, contracts.takesIn('trials', 'master'), rememberMaster) };
  lifetime.defer('relay', startRelay(database, bus));
  const missing = answer(
    contracts.missingEventsOf('trials'),
    listMissingEvents(database, (tenant) => bus.backlogOf('trials', tenant)),
  );
  lifetime.defer('answers', await bus.serve('trials', [...answers(deps, handlers), missing], database.presence));
  lifetime.defer('consumers', bus.consume('trials', handlers, deadLetters(database)));
  lifetime.defer(
    'anti-entropy',
    every(300_000, logger, () => sendMissing(database, 'trials', askMissing(bus, 'trials'))),
  );
  lifetime.defer(
    'housekeeping',
    every(3_600_000, logger, () => forgetKeys(database)),
  );
  return { ready: () => bus.connected && database.presence.isThere };
};
