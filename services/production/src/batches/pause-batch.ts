import { command } from '@plantops/backbone';
import * as contracts from '@plantops/contracts';
import { pause } from './batch.rules.ts';
import { changeBatch } from './change-batch.ts';

export const pauseBatch = command(
  contracts.pauseBatch,
  () =>
    ({ id, paused_at }, work) =>
      changeBatch(work, id, contracts.batchPaused, (batch) => {
        const at = paused_at ?? work.at;
        pause(batch, at, work.at);
        return { fields: {}, word: { word: 'pause', at } };
      }),
);
