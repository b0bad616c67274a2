import type { BatchRow, listBatches as contract } from '@plantops/contracts';
import { listPage } from '@plantops/persistence';
import type { Call } from '@plantops/service-kit';
import type { z } from 'zod';
import type { Deps } from '../deps.ts';

export const listBatches =
  ({ database }: Deps) =>
  ({ line_id, product_id, status, from, to, ...page }: z.infer<typeof contract.input>, call: Call) =>
    database.transact(call.tenant, (tx) =>
      listPage<BatchRow>(
        tx,
        'batch t',
        [
          ['t.line_id = ?', line_id],
          ['t.product_id = ?', product_id],
          ['t.status = ?', status],
          ['coalesce(t.started_at, t.planned_start, t.created_at) >= ?', from],
          ['coalesce(t.started_at, t.planned_start, t.created_at) < ?', to],
        ],
        page,
      ),
    );
