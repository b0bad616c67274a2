import { query } from '@plantops/backbone';
import * as contracts from '@plantops/contracts';
import { getRow, listPage } from '@plantops/persistence';
import { Batch } from '../batches/batch.table.ts';
import { UnitCount } from './unit-count.table.ts';

export const listCounts = query(contracts.listCounts, () => async ({ id, from, to, ...page }, { tx }) => {
  await getRow(tx, Batch, id);
  return listPage(
    tx,
    UnitCount,
    [
      ['t.batch_id = ?', id],
      ['t.at >= ?', from],
      ['t.at < ?', to],
    ],
    page,
  );
});
