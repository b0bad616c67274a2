import { downtimeAmended, type amendDowntime as contract, type DowntimeRow } from '@plantops/contracts';
import type { Call } from '@plantops/service-kit';
import type { z } from 'zod';
import type { Deps } from '../deps.ts';
import { amend } from './downtime.rules.ts';
import { correctStop } from './correct-stop.ts';

export const amendDowntime =
  (deps: Deps) =>
  ({ id, ...command }: z.infer<typeof contract.input>, call: Call): Promise<DowntimeRow> =>
    correctStop(deps, id, call, downtimeAmended, (row, known, at) => amend(row, command, known, at), command);
