import { sql, type Database } from '@plantops/persistence';
import type { Mapped } from '../messages/received.ts';

type Changes = {
  readonly connected_since?: string | null;
  readonly last_error?: string | null;
  readonly subscribed?: readonly string[];
};
const MOST_ERROR_CHARACTERS = 500;

/** Stores what happened to a connection; what is not named stays. */
export function noteState(
  database: Database,
  { id, tenant }: Pick<Mapped, 'id' | 'tenant'>,
  changes: Changes,
): Promise<void> {
  const { connected_since = null, last_error = null, subscribed } = changes;
  const error = last_error?.replaceAll('\0', '').slice(0, MOST_ERROR_CHARACTERS) ?? null;
  return database.transact(tenant, async (tx) => {
    await tx.query(sql`
      insert into connection_state as s (tenant_id, connection_id, connected_since, last_error, subscribed)
      values (${tenant}, ${id}, ${connected_since}, ${error}, ${JSON.stringify(subscribed ?? [])})
      on conflict (connection_id) do update
      set connected_since = case when ${'connected_since' in changes} then excluded.connected_since else s.connected_since end,
        last_error = case when ${'last_error' in changes} then excluded.last_error else s.last_error end,
        subscribed = case when ${subscribed !== undefined} then excluded.subscribed else s.subscribed end`);
  });
}

/** The topics that the broker knows of the session, as far as this service does. */
export async function subscribedTopics(
  database: Database,
  { id, tenant }: Pick<Mapped, 'id' | 'tenant'>,
): Promise<readonly string[]> {
  const [row] = await database.transact(tenant, (tx) =>
    tx.query<{ subscribed: string[] }>(sql`
      select subscribed
      from connection_state
      where tenant_id = ${tenant} and connection_id = ${id}`),
  );
  return row?.subscribed ?? [];
}
