import type { TrialRow } from '@plantops/contracts';
import { getRow } from '@plantops/persistence';
import type { Call } from '@plantops/service-kit';
import type { Deps } from '../deps.ts';
import { Trial } from './trial.entity.ts';

export const getTrial =
  ({ database }: Deps) =>
  ({ id }: { id: string }, call: Call): Promise<TrialRow> =>
    database.transact(call.tenant, (tx) => getRow<TrialRow>(tx, Trial, id));
