import { command } from '@plantops/backbone';
import * as contracts from '@plantops/contracts';
import { resume } from './batch.rules.ts';
import { changeBatch } from './change-batch.ts';
import { refuseHolder } from './refuse-overlap.ts';

export const resumeBatch = command(contracts.resumeBatch, () => ({ id, resumed_at, interrupt = false }, work) => {
  const at = resumed_at ?? work.at;
  return changeBatch(work, { id, at }, contracts.batchResumed, (batch) => {
    resume(batch, at, work.at);
    return { fields: {}, word: { word: 'resume', at }, ...(interrupt ? {} : { check: refuseHolder(at) }) };
  });
});
