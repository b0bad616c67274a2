import * as contracts from '@plantops/contracts';
import { applyEvents, Database, masterLookup, rememberMaster, startRelay } from '@plantops/persistence';
import { answer, Bus, systemClock, type Call, type Start } from '@plantops/service-kit';
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
const answers = (deps: Deps) => [
  answer(contracts.planTrial, planTrial(deps)),
  answer(contracts.updateTrial, updateTrial(deps)),
  answer(contracts.startTrial, startTrial(deps)),
  answer(contracts.completeTrial, completeTrial(deps)),
  answer(contracts.cancelTrial, cancelTrial(deps)),
  answer(contracts.getTrial, getTrial(deps)),
  answer(contracts.listTrials, listTrials(deps)),
  answer(contracts.getTrialFigures, getFigures(deps)),
];

export const start: Start<Config> = async (config, lifetime, logger) => {
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
  lifetime.defer(
    'relay',
    startRelay(database, (messages) => bus.publish(messages)),
  );
  lifetime.defer('answers', await bus.serve('trials', answers({ database, now: systemClock, line })));
  lifetime.defer(
    'master data',
    bus.consume({
      stream: contracts.streamName.master,
      durable: 'trials',
      handle: (batch) =>
        applyEvents(
          database,
          batch.map(({ payload }) => payload),
          (type) => type.startsWith('line.'),
          rememberMaster,
        ),
    }),
  );
  return { ready: () => bus.connected };
};
