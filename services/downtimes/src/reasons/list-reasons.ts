import { query } from '@plantops/backbone';
import * as contracts from '@plantops/contracts';
import { listPage } from '@plantops/persistence';
import { ReasonEntity } from './reason.table.ts';

export const listReasons = query(
  contracts.listReasons,
  () =>
    ({ code, category, is_active, ...page }, { tx }) =>
      listPage(
        tx,
        ReasonEntity,
        [
          ['t.code = ?', code],
          ['t.category = ?', category],
          ['t.is_active = ?', is_active],
        ],
        page,
      ),
);
