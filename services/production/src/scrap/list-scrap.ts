import type { listScrap as contract, ScrapRow } from '@plantops/contracts';
import { listPage } from '@plantops/persistence';
import type { Call } from '@plantops/service-kit';
import type { z } from 'zod';
import type { Deps } from '../deps.ts';

export const listScrap =
  ({ database }: Deps) =>
  ({ line_id, batch_id, product_id, from, to, ...page }: z.infer<typeof contract.input>, call: Call) =>
    database.transact(call.tenant, (tx) =>
      listPage<ScrapRow>(
        tx,
        'scrap_event t',
        [
          ['t.line_id = ?', line_id],
          ['t.batch_id = ?', batch_id],
          ['t.product_id = ?', product_id],
          ['t.at >= ?', from],
          ['t.at < ?', to],
        ],
        page,
      ),
    );
