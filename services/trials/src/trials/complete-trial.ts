import { trialCompleted, type completeTrial as contract, type TrialRow } from '@plantops/contracts';
import type { Call } from '@plantops/service-kit';
import type { z } from 'zod';
import type { Deps } from '../deps.ts';
import { changeTrial } from './change-trial.ts';
import { complete } from './trial.rules.ts';

export const completeTrial =
  (deps: Deps) =>
  ({ id, ...command }: z.infer<typeof contract.input>, call: Call): Promise<TrialRow> =>
    changeTrial(deps, id, call, trialCompleted, (trial, at) =>
      complete(trial, { ...command, completed_at: command.completed_at ?? at }, at),
    );
