import type { BatchRow, listBatches as contract } from '@plantops/contracts';
import { listPage } from '@plantops/persistence';
import type { Call } from '@plantops/service-kit';
import type { z } from 'zod';
import type { Deps } from '../deps.ts';
import { linesOfPlant } from '../lines/lines-of-plant.ts';

export const listBatches =
  ({ database }: Deps) =>
  ({ line_id, plant_id, product_id, batch_number, status, from, to, ...page }: z.infer<typeof contract.input>, call: Call) =>
    database.transact(call.tenant, async (tx) =>
      listPage<BatchRow>(
        tx,
        'batch t',
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
