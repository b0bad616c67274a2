import { command } from '@plantops/backbone';
import * as contracts from '@plantops/contracts';
import { complete } from './batch.rules.ts';
import { changeBatch } from './change-batch.ts';
import { inOwnUnit } from './in-own-unit.ts';

export const completeBatch = command(contracts.completeBatch, () => ({ id, ...sent }, work) => {
  const { completed_at: at = work.at } = sent;
  return changeBatch(work, { id, at }, contracts.batchCompleted, async (batch) => {
    const given = await inOwnUnit(work.tx, batch, sent);
    return { fields: complete(batch, { ...given, completed_at: at }, work.at) };
  });
});
