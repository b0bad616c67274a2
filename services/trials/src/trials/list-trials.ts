import { query } from '@plantops/backbone';
import * as contracts from '@plantops/contracts';
import { listPage } from '@plantops/persistence';
import { Trial } from './trial.table.ts';

export const listTrials = query(
  contracts.listTrials,
  () =>
    ({ line_id, plant_id, status, from, to, ...page }, { tx }) =>
      listPage(
        tx,
        Trial,
        [
          ['t.line_id = ?', line_id],
          ['t.plant_id = ?', plant_id],
          ['t.status = ?', status],
          ['t.created_at >= ?', from],
          ['t.created_at < ?', to],
        ],
        page,
      ),
);
