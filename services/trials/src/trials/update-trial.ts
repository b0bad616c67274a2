import { command } from '@plantops/backbone';
import * as contracts from '@plantops/contracts';
import { changeRow } from '@plantops/persistence';
import type { Deps } from '../deps.ts';
import { update } from './trial.rules.ts';
import { Trial } from './trial.table.ts';

export const updateTrial = command(
  contracts.updateTrial,
  ({ batch }: Deps) =>
    ({ id, ...changes }, work) =>
      changeRow(work, Trial, id, contracts.trialUpdated, async (trial) => {
        await batch(changes.batch_id, trial.line_id, work);
        return update(trial, changes);
      }),
);
