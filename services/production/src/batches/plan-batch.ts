import { command } from '@plantops/backbone';
import * as contracts from '@plantops/contracts';
import { addRow } from '@plantops/persistence';
import { checkPlan, plannedBatch } from './batch.rules.ts';
import { Batch } from './batch.table.ts';

export const planBatch = command(contracts.planBatch, () => (input, work) => {
  checkPlan(input);
  return addRow(work, Batch, { ...plannedBatch, ...input }, contracts.batchPlanned);
});
