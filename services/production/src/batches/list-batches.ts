import { query } from '@plantops/backbone';
import * as contracts from '@plantops/contracts';
import { listPage } from '@plantops/persistence';
import { linesOfPlant } from '../lines/lines-of-plant.ts';
import { Batch } from './batch.table.ts';

export const listBatches = query(
  contracts.listBatches,
  () =>
    async ({ line_id, plant_id, product_id, batch_number, status, from, to, ...page }, { tx }) =>
      listPage(
        tx,
        Batch,
        [
          ['t.line_id = ?', line_id],
          ['t.line_id = any(?)', await linesOfPlant(tx, plant_id)],
          ['t.batch_number = ?', batch_number],
          ['t.product_id = ?', product_id],
          ['t.status = ?', status],
          ['coalesce(t.started_at, t.planned_start, t.created_at) >= ?', from],
          ['coalesce(t.started_at, t.planned_start, t.created_at) < ?', to],
        ],
        page,
      ),
);
