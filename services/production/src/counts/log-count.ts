import { command } from '@plantops/backbone';
import * as contracts from '@plantops/contracts';
import { addRow, getRow } from '@plantops/persistence';
import { Batch } from '../batches/batch.table.ts';
import { checkCount } from './count.rules.ts';
import { UnitCount } from './unit-count.table.ts';

export const logCount = command(contracts.logCount, () => async ({ id, at: sent, good, reject }, work) => {
  const batch = await getRow(work.tx, Batch, id);
  const { line_id, batch_number, product_id } = batch;
  const at = sent ?? work.at;
  checkCount(batch, at, work.at);
  const count = {
    line_id,
    batch_id: id,
    batch_number,
    product_id,
    at,
    good,
    reject,
    voided_at: null,
    void_reason: null,
  };
  return addRow(work, UnitCount, count, contracts.countLogged);
});
