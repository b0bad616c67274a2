import { command } from '@plantops/backbone';
import * as contracts from '@plantops/contracts';
import { changeRow } from '@plantops/persistence';
import { complete } from './trial.rules.ts';
import { Trial } from './trial.table.ts';

export const completeTrial = command(
  contracts.completeTrial,
  () =>
    ({ id, ...sent }, work) =>
      changeRow(work, Trial, id, contracts.trialCompleted, (trial) =>
        complete(trial, { ...sent, completed_at: sent.completed_at ?? work.at }, work.at),
      ),
);
