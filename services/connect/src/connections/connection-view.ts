import type { ConnectionView as Answer } from '@plantops/contracts';
import { columnsOf, getFromView, sql, view, type Tx } from '@plantops/persistence';
import { Connection } from './connection.table.ts';

/** A connection in an answer: its row, and what happens on it now. A copy that was killed has not said that it is no longer connected. */
export const ConnectionView = view<Answer>(
  'connection t left join connection_state s on s.tenant_id = t.tenant_id and s.connection_id = t.id',
  `${columnsOf(Connection, 't')}, case when t.is_active then s.connected_since end as connected_since, s.last_error, s.last_message_at`,
);

export function getView(tx: Tx, id: string): Promise<Answer> {
  return getFromView(tx, ConnectionView, 'connection', id);
}

/** Stores the password of a connection, or deletes it (null). */
export function setPassword(tx: Tx, id: string, password: string | null): void {
  tx.send(
    password === null
      ? sql`delete from connection_secret where connection_id = ${id} and tenant_id = ${tx.tenant}`
      : sql`
          insert into connection_secret (tenant_id, connection_id, password)
          values (${tx.tenant}, ${id}, ${password})
          on conflict (connection_id) do update set password = excluded.password`,
  );
}
