import type { listScrap as contract, ScrapRow } from '@plantops/contracts';
import { listPage } from '@plantops/persistence';
import type { Call } from '@plantops/service-kit';
import type { z } from 'zod';
import type { Deps } from '../deps.ts';
import { linesOfPlant } from '../lines/lines-of-plant.ts';

export const listScrap =
  ({ database }: Deps) =>
  (
    { line_id, plant_id, batch_id, product_id, reason_category, disposition, from, to, ...page }: z.infer<typeof contract.input>,
    call: Call,
  ) =>
    database.transact(call.tenant, async (tx) =>
      listPage<ScrapRow>(
        tx,
        'scrap_event t',
        [
          ['t.line_id = ?', line_id],
          ['t.line_id = any(?)', await linesOfPlant(tx, plant_id)],
          ['t.reason_category = ?', reason_category],
          ['t.disposition = ?', disposition],
          ['t.batch_id = ?', batch_id],
          ['t.product_id = ?', product_id],
          ['t.at >= ?', from],
          ['t.at < ?', to],
        ],
        page,
      ),
    );
