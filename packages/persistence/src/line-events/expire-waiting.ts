/** Line events that have waited too long are rejected, with what they waited for. */
import type { LineEvent } from '@plantops/contracts';
import type { Database } from '../database/database.ts';
import { raw, sql } from '../database/sql.ts';
import { EVERY_TENANT } from '../database/tx.ts';
import { rejectionOf, unclaimAndReject } from './reject-line-events.ts';
import type { LineEventHandler } from './verdict.ts';

const LONGEST_WAIT_DAYS = 30;
const EXPIRED_AT_ONCE = 500;

/**
 * Rejects the line events of all tenants that have waited too long. A failure for one tenant does not stop the others.
 */
export async function expireWaiting(database: Database, handler: LineEventHandler, now: string): Promise<void> {
  const oldest = new Date(Date.parse(now) - LONGEST_WAIT_DAYS * 86_400_000).toISOString();
  const tenants = await database.transact(EVERY_TENANT, (tx) =>
    tx.query<{ tenant_id: string }>(
      sql`select distinct tenant_id from waiting_line_event where received_at < ${oldest}`,
    ),
  );
  for (const { tenant_id: tenant } of tenants) {
    try {
      while ((await expireChunk(database, handler, { tenant, oldest, now })) === EXPIRED_AT_ONCE);
    } catch (error) {
      database.log.warn({ err: error, tenant }, 'housekeeping failed; it runs again later');
    }
  }
}

type Expiring = { readonly tenant: string; readonly oldest: string; readonly now: string };

/** Returns how many were rejected. */
function expireChunk(
  database: Database,
  handler: LineEventHandler,
  { tenant, oldest, now }: Expiring,
): Promise<number> {
  return database.transact(tenant, async (tx) => {
    const rows = await tx.query<{ event: LineEvent; waits_for: string }>(sql`
      delete from waiting_line_event
      where tenant_id = ${tx.tenant} and event_id in (
        select event_id
        from waiting_line_event
        where tenant_id = ${tx.tenant} and received_at < ${oldest}
        limit ${raw(EXPIRED_AT_ONCE)})
      returning event, waits_for`);
    await unclaimAndReject(
      tx,
      handler,
      rows.map(({ event, waits_for }) =>
        rejectionOf(event, `${waits_for} did not become known within ${LONGEST_WAIT_DAYS} days`),
      ),
      now,
    );
    return rows.length;
  });
}
