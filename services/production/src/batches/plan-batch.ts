import { command } from '@plantops/backbone';
import * as contracts from '@plantops/contracts';
import { addRow } from '@plantops/persistence';
import { checkPlan, plannedBatch } from './batch.rules.ts';
import { inOwnUnit } from './in-own-unit.ts';
import { Batch } from './batch.table.ts';

export const planBatch = command(contracts.planBatch, () => async (input, work) => {
  checkPlan(input);
  const planned = await inOwnUnit(work.tx, { product_id: input.product_id, given: {} }, input);
  return addRow(work, Batch, { ...plannedBatch, ...planned }, contracts.batchPlanned);
});
