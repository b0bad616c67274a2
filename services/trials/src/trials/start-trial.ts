import { command } from '@plantops/backbone';
import * as contracts from '@plantops/contracts';
import { changeRow } from '@plantops/persistence';
import { start } from './trial.rules.ts';
import { Trial } from './trial.table.ts';

export const startTrial = command(
  contracts.startTrial,
  () =>
    ({ id, started_at }, work) =>
      changeRow(work, Trial, id, contracts.trialStarted, (trial) =>
        start(trial, { started_at: started_at ?? work.at }, work.at),
      ),
);
