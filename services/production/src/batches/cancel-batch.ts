import { command } from '@plantops/backbone';
import * as contracts from '@plantops/contracts';
import { cancel } from './batch.rules.ts';
import { changeBatch } from './change-batch.ts';

export const cancelBatch = command(
  contracts.cancelBatch,
  () =>
    ({ id, ...sent }, work) =>
      changeBatch(work, id, contracts.batchCancelled, (batch) => ({
        fields: cancel(batch, { cancelled_at: work.at, ...sent }, work.at),
      })),
);
