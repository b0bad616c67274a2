import { query } from '@plantops/backbone';
import * as contracts from '@plantops/contracts';
import { listPage } from '@plantops/persistence';
import { Line } from './line.table.ts';

export const listLines = query(
  contracts.listLines,
  () =>
    ({ plant_id, code, is_active, ...page }, { tx }) =>
      listPage(
        tx,
        Line,
        [
          ['t.plant_id = ?', plant_id],
          ['t.code = ?', code],
          ['t.is_active = ?', is_active],
        ],
        page,
      ),
);
