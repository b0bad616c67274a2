import { batchCheck, dataService, getById, masterLookup, on } from '@plantops/backbone';
import { getBatch, getLine, getTrial } from '@plantops/contracts';
import { rememberMaster } from '@plantops/persistence';
import { tables } from './database.ts';
import type { Deps } from './deps.ts';
import { getFigures } from './figures/get-figures.ts';
import { cancelTrial } from './trials/cancel-trial.ts';
import { completeTrial } from './trials/complete-trial.ts';
import { listTrials } from './trials/list-trials.ts';
import { planTrial } from './trials/plan-trial.ts';
import { startTrial } from './trials/start-trial.ts';
import { Trial } from './trials/trial.table.ts';
import { updateTrial } from './trials/update-trial.ts';

export const start = dataService<Deps>('trials', {
  tables,
  deps: ({ bus, ...base }) => ({
    ...base,
    line: masterLookup('line', (id, call) => bus.call(getLine, { id }, call)),
    batch: batchCheck((id, call) => bus.call(getBatch, { id }, call)),
  }),
  operations: [
    planTrial,
    updateTrial,
    startTrial,
    completeTrial,
    cancelTrial,
    getById(getTrial, Trial, 'trial'),
    listTrials,
    getFigures,
  ],
  reactions: [on('line', () => (events, tx) => rememberMaster(tx, events))],
});
