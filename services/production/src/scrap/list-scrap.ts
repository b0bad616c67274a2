import { query } from '@plantops/backbone';
import * as contracts from '@plantops/contracts';
import { listPage } from '@plantops/persistence';
import { linesOfPlant } from '../lines/lines-of-plant.ts';
import { ScrapEvent } from './scrap-event.table.ts';

export const listScrap = query(
  contracts.listScrap,
  () =>
    async ({ line_id, plant_id, batch_id, product_id, reason_category, disposition, from, to, ...page }, { tx }) =>
      listPage(
        tx,
        ScrapEvent,
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
