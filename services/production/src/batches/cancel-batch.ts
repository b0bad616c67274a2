import { command } from '@plantops/backbone';
import * as contracts from '@plantops/contracts';
import { changeRow } from '@plantops/persistence';
import { cancel } from './batch.rules.ts';
import { Batch } from './batch.table.ts';

export const cancelBatch = command(
  contracts.cancelBatch,
  () =>
    ({ id, ...sent }, work) =>
      changeRow(work, Batch, id, contracts.batchCancelled, (batch) =>
        cancel(batch, { cancelled_at: work.at, ...sent }, work.at),
      ),
);
