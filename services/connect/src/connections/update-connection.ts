import { command } from '@plantops/backbone';
import * as contracts from '@plantops/contracts';
import { changeRow } from '@plantops/persistence';
import { getView, setPassword } from './connection-view.ts';
import { checkConnection } from './connection.rules.ts';
import { Connection } from './connection.table.ts';

export const updateConnection = command(
  contracts.updateConnection,
  () =>
    async ({ id, password, ...changes }, work) => {
      await changeRow(work, Connection, id, contracts.connectionUpdated, (connection) => {
        const changed = password === undefined ? changes : { ...changes, has_password: password !== null };
        checkConnection({ ...connection, ...changed });
        return changed;
      });
      if (password !== undefined) setPassword(work.tx, id, password);
      return getView(work.tx, id);
    },
);
