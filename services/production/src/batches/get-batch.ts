import type { BatchRow } from '@plantops/contracts';
import { getRow } from '@plantops/persistence';
import type { Call } from '@plantops/service-kit';
import type { Deps } from '../deps.ts';
import { Batch } from './batch.entity.ts';

export const getBatch =
  ({ database }: Deps) =>
  ({ id }: { id: string }, call: Call): Promise<BatchRow> =>
    database.transact(call.tenant, (tx) => getRow<BatchRow>(tx, Batch, id));
