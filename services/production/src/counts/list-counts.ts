import type { BatchRow, CountRow, listCounts as contract } from '@plantops/contracts';
import { getRow, listPage } from '@plantops/persistence';
import type { Call } from '@plantops/service-kit';
import type { z } from 'zod';
import { Batch } from '../batches/batch.entity.ts';
import type { Deps } from '../deps.ts';

export const listCounts =
  ({ database }: Deps) =>
  ({ id, from, to, ...page }: z.infer<typeof contract.input>, call: Call) =>
    database.transact(call.tenant, async (tx) => {
      await getRow<BatchRow>(tx, Batch, id);
      return listPage<CountRow>(
        tx,
        'unit_count t',
        [
          ['t.batch_id = ?', id],
          ['t.at >= ?', from],
          ['t.at < ?', to],
        ],
        page,
      );
    });
