import { trialUpdated, type updateTrial as contract, type TrialRow } from '@plantops/contracts';
import { getRow } from '@plantops/persistence';
import type { Call } from '@plantops/service-kit';
import type { z } from 'zod';
import type { Deps } from '../deps.ts';
import { changeTrial } from './change-trial.ts';
import { Trial } from './trial.entity.ts';
import { update } from './trial.rules.ts';

export const updateTrial =
  (deps: Deps) =>
  async ({ id, ...changes }: z.infer<typeof contract.input>, call: Call): Promise<TrialRow> => {
    if (changes.batch_id) {
      const { line_id } = await deps.database.transact(call.tenant, (tx) => getRow<TrialRow>(tx, Trial, id));
      await deps.batch(changes.batch_id, line_id, call);
    }
    return changeTrial(deps, id, call, trialUpdated, (trial) => update(trial, changes));
  };
