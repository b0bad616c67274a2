import { query } from '@plantops/backbone';
import * as contracts from '@plantops/contracts';
import { linesOfPlant, listPage } from '@plantops/persistence';
import { DowntimeView } from './downtime-view.ts';

export const listDowntimes = query(
  contracts.listDowntimes,
  () =>
    async (
      { line_id, plant_id, batch_id, status, reason_category, reason_code, is_planned, from, to, ...page },
      { tx },
    ) =>
      listPage(
        tx,
        DowntimeView,
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
      ),
);
