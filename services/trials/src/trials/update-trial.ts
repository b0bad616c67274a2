import { trialUpdated, type updateTrial as contract, type TrialRow } from '@plantops/contracts';
import type { Call } from '@plantops/service-kit';
import type { z } from 'zod';
import type { Deps } from '../deps.ts';
import { changeTrial } from './change-trial.ts';
import { update } from './trial.rules.ts';

export const updateTrial =
  (deps: Deps) =>
  ({ id, ...changes }: z.infer<typeof contract.input>, call: Call): Promise<TrialRow> =>
    changeTrial(deps, id, call, trialUpdated, (trial) => update(trial, changes));
