import { query } from '@plantops/backbone';
import * as contracts from '@plantops/contracts';
import { listPage } from '@plantops/persistence';
import { ConnectionView } from './connection-view.ts';

export const listConnections = query(
  contracts.listConnections,
  () =>
    ({ code, is_active, ...page }, { tx }) =>
      listPage(
        tx,
        ConnectionView,
        [
          ['t.code = ?', code],
          ['t.is_active = ?', is_active],
        ],
        page,
      ),
);
