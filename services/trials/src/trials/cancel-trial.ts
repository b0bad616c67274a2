import { trialCancelled, type cancelTrial as contract, type TrialRow } from '@plantops/contracts';
import type { Call } from '@plantops/service-kit';
import type { z } from 'zod';
import type { Deps } from '../deps.ts';
import { changeTrial } from './change-trial.ts';
import { cancel } from './trial.rules.ts';

export const cancelTrial =
  (deps: Deps) =>
  ({ id, reason }: z.infer<typeof contract.input>, call: Call): Promise<TrialRow> =>
    changeTrial(deps, id, call, trialCancelled, (trial, at) => cancel(trial, reason, at));
