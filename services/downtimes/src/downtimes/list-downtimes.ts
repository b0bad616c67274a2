import type { downtimeView, listDowntimes as contract } from '@plantops/contracts';
import { linesOfPlant, listPage } from '@plantops/persistence';
import type { Call } from '@plantops/service-kit';
import type { z } from 'zod';
import type { Deps } from '../deps.ts';
import { VIEW } from './view.ts';

export const listDowntimes =
  ({ database }: Deps) =>
  (
    { line_id, plant_id, batch_id, status, reason_category, reason_code, is_planned, from, to, ...page }: z.infer<typeof contract.input>,
    call: Call,
  ) =>
    database.transact(call.tenant, async (tx) =>
      listPage<z.infer<typeof downtimeView>>(
        tx,
        'downtime t',
        [
          ['t.line_id = ?', line_id],
          ['t.line_id = any(?)', await linesOfPlant(tx, plant_id)],
          ['t.batch_id = ?', batch_id],
          ['t.status = ?', status],
          ['t.reason_category = ?', reason_category],
          ['t.reason_code = ?', reason_code],
          ['t.is_planned = ?', is_planned],
          ['t.start_time >= ?', from],
          ['t.start_time < ?', to],
        ],
        page,
        VIEW,
      ),
    );
