import { command } from '@plantops/backbone';
import * as contracts from '@plantops/contracts';
import { cancel } from './batch.rules.ts';
import { changeBatch } from './change-batch.ts';

export const cancelBatch = command(contracts.cancelBatch, () => ({ id, ...sent }, work) => {
  const { cancelled_at: at = work.at } = sent;
  return changeBatch(work, { id, at }, contracts.batchCancelled, (batch) => ({
    fields: cancel(batch, { ...sent, cancelled_at: at }, work.at),
  }));
});
