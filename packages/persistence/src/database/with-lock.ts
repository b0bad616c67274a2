import pg from 'pg';
import { HALF_OPEN, SESSION_OPTIONS } from './connection.ts';
import type { Database } from './database.ts';
import { EVERY_TENANT } from './tx.ts';

/**
 * Runs the work while no other copy of the service can run it: on a connection of its own that holds an advisory lock.
 * Returns false if another copy holds it. When the connection is lost the server releases the lock, and the next
 * statement of the work fails: work that sends none now and then does not notice.
 */
export async function withLock(
  { url }: Database,
  { lock, options = '' }: { readonly lock: number; readonly options?: string },
  work: (client: pg.Client) => Promise<void>,
): Promise<boolean> {
  const client = new pg.Client({
    connectionString: url,
    connectionTimeoutMillis: 5_000,
    statement_timeout: 10_000,
    ...HALF_OPEN,
    options: `${SESSION_OPTIONS} -c app.tenant_id=${EVERY_TENANT} ${options}`,
  });
  // A lost connection fails the next statement.
  client.on('error', () => {});
  try {
    await client.connect();
    const { rows } = await client.query<{ taken: boolean }>('select pg_try_advisory_lock($1) as taken', [lock]);
    const isTaken = rows[0]?.taken === true;
    if (isTaken) await work(client);
    return isTaken;
  } finally {
    await client.end().catch(() => {});
  }
}
