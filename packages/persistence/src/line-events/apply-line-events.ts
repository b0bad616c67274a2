/**
 * Applies line events; those whose line, product, batch or start is not known wait, and are released when it becomes
 * known.
 */
import type { LineEvent } from '@plantops/contracts';
import type { Database } from '../database/database.ts';
import { raw, sql, type Sql } from '../database/sql.ts';
import type { Tx } from '../database/tx.ts';
import { rejectionOf, unclaimAndReject } from './reject-line-events.ts';
import { lockLineEvents, tryLockLineEvents, type LineEventHandler, type Verdict } from './verdict.ts';
import { letWait, markReleased, RELEASED, takeWaiting, type Received } from './waiting-line-events.ts';

const RELEASED_AT_ONCE = 500;
const KEYS_AT_ONCE = 100;

/**
 * Applies the events, lets those wait that must, rejects those that the service refuses, and releases what waited for
 * the applied ones. Returns their verdicts, in their order. `others` came with them: they are of kinds that other
 * services apply, and are only observed.
 */
export async function applyLineEvents(
  tx: Tx,
  handler: LineEventHandler,
  received: readonly Received[],
  now: string,
  others: readonly LineEvent[] = [],
): Promise<Verdict[]> {
  const events = received.map(({ event }) => event);
  if (handler.observe !== undefined && events.length + others.length > 0)
    await handler.observe(tx, [...others, ...events], now);
  if (received.length === 0) return [];
  const verdicts = await handler.apply(tx, events, now);
  const judged = received.map((one, index) => ({ ...one, verdict: verdicts[index] as Verdict }));
  await letWait(
    tx,
    handler,
    judged.flatMap(({ verdict, ...one }) => ('waitsFor' in verdict ? [{ ...one, key: verdict.waitsFor }] : [])),
    now,
  );
  await unclaimAndReject(
    tx,
    handler,
    judged.flatMap(({ event, verdict }) => ('rejected' in verdict ? [rejectionOf(event, verdict.rejected)] : [])),
    now,
  );
  const released = verdicts.flatMap((verdict) => ('applied' in verdict ? (verdict.releases ?? []) : []));
  await releaseWaiting(tx, handler, [...new Set(released)], now);
  return verdicts;
}

/**
 * Applies what waits for these keys, now that they are known: at once when it is little and no other transaction works
 * on the tenant's line events, else soon after (`startReleasing`). The caller waits neither for a long queue nor for
 * its tenant's other line events.
 */
export async function releaseWaiting(
  tx: Tx,
  handler: LineEventHandler,
  keys: readonly string[],
  now: string,
): Promise<void> {
  if (keys.length === 0) return;
  // Without the lock, another transaction may be about to let an event wait for a key that it cannot see yet.
  const isLocked = await tryLockLineEvents(tx);
  const rows = isLocked ? await takeWaiting(tx, waitsForOneOf(keys), RELEASED_AT_ONCE) : [];
  if (!isLocked || rows.length === RELEASED_AT_ONCE)
    await tx.query(sql`
      insert into known_key (tenant_id, key)
      select ${tx.tenant}, unnest(${keys}::text[])
      on conflict do nothing`);
  await applyLineEvents(tx, handler, rows, now);
}

type Chunk = { readonly tenant: string; readonly most: number; readonly now: string; readonly rejectAs?: string };

/**
 * Applies a chunk of what waits for known keys, or whose time has come; returns whether there is more. With `rejectAs` it is rejected for that
 * reason instead.
 */
export function releaseChunk(
  database: Database,
  handler: LineEventHandler,
  { tenant, most, now, rejectAs }: Chunk,
): Promise<boolean> {
  return database.transact(tenant, async (tx) => {
    await lockLineEvents(tx);
    const known = await tx.query<{ key: string }>(sql`
      select key
      from known_key
      where tenant_id = ${tx.tenant}
      order by noted_at, key
      limit ${raw(KEYS_AT_ONCE)}`);
    const due = await markReleased(tx, sql`waits_for = 'early' and happened_at <= ${now}`, RELEASED_AT_ONCE);
    const keys = [...known.map(({ key }) => key), ...(due.length > 0 ? [RELEASED] : [])];
    const size = Math.min(most, RELEASED_AT_ONCE);
    const rows = await takeWaiting(tx, waitsForOneOf(keys), size);
    const isMore = rows.length === size;
    if (!isMore) await tx.query(sql`delete from known_key where tenant_id = ${tx.tenant} and key = any(${keys})`);
    if (rejectAs === undefined) await applyLineEvents(tx, handler, rows, now);
    else
      await unclaimAndReject(
        tx,
        handler,
        rows.map(({ event }) => rejectionOf(event, rejectAs)),
        now,
      );
    return isMore || known.length === KEYS_AT_ONCE || due.length === RELEASED_AT_ONCE;
  });
}

const waitsForOneOf = (keys: readonly string[]): Sql => sql`waits_for = any(${keys})`;
