import { trialStarted, type startTrial as contract, type TrialRow } from '@plantops/contracts';
import type { Call } from '@plantops/service-kit';
import type { z } from 'zod';
import type { Deps } from '../deps.ts';
import { changeTrial } from './change-trial.ts';
import { start } from './trial.rules.ts';

export const startTrial =
  (deps: Deps) =>
  ({ id, started_at }: z.infer<typeof contract.input>, call: Call): Promise<TrialRow> =>
    changeTrial(deps, id, call, trialStarted, (trial, at) => start(trial, { started_at: started_at ?? at }, at));
