/**
 * What cannot be applied yet waits: for its line, product, batch, stop or sensor, for its time, or for a person. No more
 * than so many of a tenant wait, and no longer than so many days.
 */
import type { Database } from '../database/database.ts';
import { eachTenant } from '../database/each-tenant.ts';
import { raw, sql, type Sql } from '../database/sql.ts';
import type { Tx } from '../database/tx.ts';

const MOST_WAITING = 100_000;
const LONGEST_WAIT_DAYS = 30;

/** `columns` are what `reject` needs to tell the sender what was dropped. `most` is how many of a tenant may wait. */
export type WaitingRoom<Row> = {
  readonly table: 'waiting_line_event' | 'waiting_reading';
  readonly columns: Sql;
  readonly most?: number | undefined;
  readonly expiredAtOnce: number;
  readonly reject: (tx: Tx, expired: readonly Row[], now: string) => Promise<void>;
};

export function mostWaiting<Row>({ most = MOST_WAITING }: Pick<WaitingRoom<Row>, 'most'>): number {
  return most;
}

/** How many more may wait. The caller holds a lock, so that no other transaction lets any wait meanwhile. */
export async function countRoom<Row>(tx: Tx, room: Pick<WaitingRoom<Row>, 'table' | 'most'>): Promise<number> {
  const [{ count } = { count: 0 }] = await tx.query<{ count: number }>(sql`
    select count(*) as count
    from ${raw(room.table)}
    where tenant_id = ${tx.tenant}`);
  return Math.max(mostWaiting(room) - count, 0);
}

/** `why` is a clause, as "line L1 is not known". */
export function waitedTooLong(why: string): string {
  return `${why}, and it has waited ${LONGEST_WAIT_DAYS} days`;
}

/** Rejects what has waited too long, of all tenants. A failure for one tenant does not stop the others. */
export async function expireWaiting<Row>(database: Database, room: WaitingRoom<Row>, now: string): Promise<void> {
  const oldest = new Date(Date.parse(now) - LONGEST_WAIT_DAYS * 86_400_000).toISOString();
  await eachTenant(
    database,
    sql`select distinct tenant_id from ${raw(room.table)} where received_at < ${oldest}`,
    async (tenant) => {
      while ((await expireChunk(database, room, { tenant, oldest, now })) === room.expiredAtOnce);
    },
  );
}

type Expiring = { readonly tenant: string; readonly oldest: string; readonly now: string };

/** Returns how many were rejected. */
function expireChunk<Row>(
  database: Database,
  { table, columns, expiredAtOnce, reject }: WaitingRoom<Row>,
  { tenant, oldest, now }: Expiring,
): Promise<number> {
  return database.transact(tenant, async (tx) => {
    const expired = await tx.query<Row>(sql`
      delete from ${raw(table)}
      where ctid = any(array(
        select ctid
        from ${raw(table)}
        where tenant_id = ${tx.tenant} and received_at < ${oldest}
        order by received_at
        limit ${raw(expiredAtOnce)}))
      returning ${columns}`);
    if (expired.length > 0) await reject(tx, expired, now);
    return expired.length;
  });
}
