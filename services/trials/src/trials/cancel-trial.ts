import { command } from '@plantops/backbone';
import * as contracts from '@plantops/contracts';
import { changeRow } from '@plantops/persistence';
import { cancel } from './trial.rules.ts';
import { Trial } from './trial.table.ts';

export const cancelTrial = command(
  contracts.cancelTrial,
  () =>
    ({ id, reason }, work) =>
      changeRow(work, Trial, id, contracts.trialCancelled, (trial) => cancel(trial, reason, work.at)),
);
