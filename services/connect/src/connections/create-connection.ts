import { command } from '@plantops/backbone';
import * as contracts from '@plantops/contracts';
import { addRow } from '@plantops/persistence';
import { getView, setPassword } from './connection-view.ts';
import { checkConnection } from './connection.rules.ts';
import { Connection } from './connection.table.ts';
import { limitConnections } from './limits.ts';

export const createConnection = command(
  contracts.createConnection,
  () =>
    async ({ password, client_id, ...fields }, work) => {
      const { tx } = work;
      const has_password = password !== null;
      checkConnection({ ...fields, has_password });
      await limitConnections(tx);
      const added = await addRow(
        work,
        Connection,
        { ...fields, client_id: client_id ?? `plantops-${tx.tenant}-${fields.code}`, has_password },
        contracts.connectionCreated,
      );
      setPassword(tx, added.id, password);
      return getView(tx, added.id);
    },
);
