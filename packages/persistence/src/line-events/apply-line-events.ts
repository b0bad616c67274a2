/**
 * Applies line events; those whose line, product, batch or start is not known wait, and are released when it becomes
 * known.
 */
import type { LineEvent } from '@plantops/contracts';
import type { Database } from '../database/database.ts';
import { raw, records, sql } from '../database/sql.ts';
import type { Tx } from '../database/tx.ts';
import { rejectionOf, unclaimAndReject } from './reject-line-events.ts';
import { lockLineEvents, tryLockLineEvents, type LineEventHandler, type Verdict } from './verdict.ts';
import { waitingLineEvents } from './waiting-line-events.ts';
import { countRoom, mostWaiting } from './waiting-room.ts';

const RELEASED_AT_ONCE = 500;
const KEYS_AT_ONCE = 100;

/** A line event and when it was received first: it may wait for one thing after another, but not longer in all. */
export type Received = { readonly event: LineEvent; readonly received_at: string };

/**
 * Applies the events, lets those wait that must, rejects those that the service refuses, and releases what waited for
 * the applied ones.
 */
export async function applyLineEvents(
  tx: Tx,
  handler: LineEventHandler,
  received: readonly Received[],
  now: string,
): Promise<void> {
  if (received.length === 0) return;
  const verdicts = await handler.apply(
    tx,
    received.map(({ event }) => event),
    now,
  );
  const judged = received.map((one, index) => ({ ...one, verdict: verdicts[index] as Verdict }));
  await wait(
    tx,
    handler,
    judged.flatMap(({ event, received_at, verdict }) =>
      'waitsFor' in verdict ? [{ event, received_at, key: verdict.waitsFor }] : [],
    ),
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
}

type Waiting = Received & { readonly key: string };

async function wait(tx: Tx, handler: LineEventHandler, waiting: readonly Waiting[], now: string): Promise<void> {
  if (waiting.length === 0) return;
  const waitingRoom = waitingLineEvents(handler);
  const room = await countRoom(tx, waitingRoom);
  const rows = waiting.slice(0, room).map(({ event, key, received_at }) => ({
    event_id: event.body.id,
    waits_for: key,
    event: JSON.stringify(event),
    received_at,
  }));
  await tx.query(sql`
    insert into waiting_line_event (tenant_id, event_id, waits_for, event, received_at)
    select ${tx.tenant}, event_id, waits_for, event, received_at
    from ${records('w', rows, { event_id: 'text', waits_for: 'text', event: 'jsonb', received_at: 'timestamptz' })}`);
  await unclaimAndReject(
    tx,
    handler,
    waiting
      .slice(room)
      .map(({ event, key }) =>
        rejectionOf(
          event,
          `${key} is not known and ${mostWaiting(waitingRoom)} events wait already: add it, then send this again`,
        ),
      ),
    now,
  );
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
  const rows = isLocked ? await takeWaiting(tx, keys, RELEASED_AT_ONCE) : [];
  if (!isLocked || rows.length === RELEASED_AT_ONCE)
    await tx.query(sql`
      insert into known_key (tenant_id, key)
      select ${tx.tenant}, unnest(${keys}::text[])
      on conflict do nothing`);
  await applyLineEvents(tx, handler, rows, now);
}

type Chunk = { readonly tenant: string; readonly most: number; readonly now: string; readonly rejectAs?: string };

/**
 * Applies a chunk of what waits for known keys; returns whether there is more. With `rejectAs` it is rejected for that
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
    const keys = known.map(({ key }) => key);
    const size = Math.min(most, RELEASED_AT_ONCE);
    const rows = await takeWaiting(tx, keys, size);
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
    return isMore || keys.length === KEYS_AT_ONCE;
  });
}

function takeWaiting(tx: Tx, keys: readonly string[], most: number): Promise<Received[]> {
  return tx.query<Received>(sql`
    with released as (
      delete from waiting_line_event
      where tenant_id = ${tx.tenant} and event_id in (
        select event_id
        from waiting_line_event
        where tenant_id = ${tx.tenant} and waits_for = any(${keys})
        order by received_at, event_id
        limit ${raw(most)})
      returning event_id, event, received_at)
    select event, received_at
    from released
    order by received_at, event_id`);
}
