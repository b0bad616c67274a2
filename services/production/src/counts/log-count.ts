import { command } from '@plantops/backbone';
import * as contracts from '@plantops/contracts';
import { addRow, getRow, lockLineEvents } from '@plantops/persistence';
import { Batch } from '../batches/batch.table.ts';
import { recut } from '../batches/recut.ts';
import { measuredProducts } from '../units/measured-products.ts';
import { countIn } from '../units/units.rules.ts';
import { checkCount } from './count.rules.ts';
import { UnitCount } from './unit-count.table.ts';

export const logCount = command(contracts.logCount, () => async ({ id, at: sent, good, reject, unit }, work) => {
  const batch = await getRow(work.tx, Batch, id);
  const { line_id, batch_number, product_id } = batch;
  const at = sent ?? work.at;
  checkCount(batch, at, work.at);
  const products = unit === undefined || product_id === null ? [] : [product_id];
  const product = (await measuredProducts(work.tx, products)).get(product_id ?? '');
  const count = {
    line_id,
    batch_id: id,
    batch_number,
    product_id,
    at,
    ...countIn(product, { good, reject, unit }),
    voided_at: null,
    void_reason: null,
  };
  if (batch.cut_at === null) return addRow(work, UnitCount, count, contracts.countLogged);
  await lockLineEvents(work.tx);
  const logged = await addRow(work, UnitCount, count, contracts.countLogged);
  await recut(work.tx, [id], work.call, work.at);
  return logged;
});
