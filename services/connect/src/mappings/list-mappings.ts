import { query } from '@plantops/backbone';
import * as contracts from '@plantops/contracts';
import { listPage } from '@plantops/persistence';
import { Mapping } from './mapping.table.ts';

export const listMappings = query(
  contracts.listMappings,
  () =>
    ({ connection_id, ...page }, { tx }) =>
      listPage(tx, Mapping, [['t.connection_id = ?', connection_id]], page),
);
