import { command } from '@plantops/backbone';
import * as contracts from '@plantops/contracts';
import { pause } from './batch.rules.ts';
import { changeBatch } from './change-batch.ts';

export const pauseBatch = command(contracts.pauseBatch, () => ({ id, paused_at }, work) => {
  const at = paused_at ?? work.at;
  return changeBatch(work, { id, at }, contracts.batchPaused, (batch) => {
    pause(batch, at, work.at);
    return { fields: {}, word: { word: 'pause', at } };
  });
});
