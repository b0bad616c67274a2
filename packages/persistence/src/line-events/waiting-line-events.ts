/** Line events that wait: for what is not known yet, for their time, or for a person. */
import { happenedAt, type LineEvent } from '@plantops/contracts';
import { raw, records, sql, type Sql } from '../database/sql.ts';
import type { Tx } from '../database/tx.ts';
import { rejectionOf, unclaimAndReject } from './reject-line-events.ts';
import type { LineEventHandler } from './verdict.ts';
import { countRoom, mostWaiting, waitedTooLong, type WaitingRoom } from './waiting-room.ts';
import { whyItWaits } from './why-it-waits.rules.ts';

/**
 * A line event and when it was received first: it may wait for one thing after another, but not longer in all.
 * `arrived_at`: when the broker stored it; null: it has waited since before that was kept. `id`: of its row, if it has
 * waited before.
 */
export type Received = {
  readonly event: LineEvent;
  readonly received_at: string;
  readonly arrived_at: string | null;
  readonly id?: string;
};
export type Waiting = Received & { readonly key: string };
type WaitingEvent = { readonly event: LineEvent; readonly waits_for: string };

export function waitingLineEvents(handler: LineEventHandler): WaitingRoom<WaitingEvent> {
  return {
    table: 'waiting_line_event',
    columns: sql`event, waits_for`,
    most: handler.mostWaiting,
    expiredAtOnce: 500,
    reject: (tx, expired, now) =>
      unclaimAndReject(
        tx,
        handler,
        expired.map(({ event, waits_for }) => rejectionOf(event, waitedTooLong(whyItWaits(waits_for)))),
        now,
      ),
  };
}

/** Lets events wait, each for its key, as far as there is room for their tenant. The others are rejected. */
export async function letWait(
  tx: Tx,
  handler: LineEventHandler,
  waiting: readonly Waiting[],
  now: string,
): Promise<void> {
  if (waiting.length === 0) return;
  const waitingRoom = waitingLineEvents(handler);
  const room = await countRoom(tx, waitingRoom);
  const rows = waiting.slice(0, room).map(({ id, event, key, received_at, arrived_at }) => ({
    id,
    event_id: event.body.id,
    waits_for: key,
    event: JSON.stringify(event),
    received_at,
    arrived_at,
    happened_at: happenedAt(event).at,
  }));
  await tx.query(sql`
    insert into waiting_line_event
      (id, tenant_id, event_id, waits_for, event, received_at, arrived_at, happened_at)
    select coalesce(id, gen_random_uuid()), ${tx.tenant}, event_id, waits_for, event, received_at, arrived_at, happened_at
    from ${records('w', rows, COLUMNS)}`);
  await unclaimAndReject(
    tx,
    handler,
    waiting
      .slice(room)
      .map(({ event, key }) =>
        rejectionOf(
          event,
          `${whyItWaits(key)} and ${mostWaiting(waitingRoom)} events wait already: mend that, then send this again`,
        ),
      ),
    now,
  );
}

const COLUMNS = {
  id: 'uuid',
  event_id: 'text',
  waits_for: 'text',
  event: 'jsonb',
  received_at: 'timestamptz',
  arrived_at: 'timestamptz',
  happened_at: 'timestamptz',
} as const;

/** Takes waiting events out, the oldest first. */
export function takeWaiting(tx: Tx, which: Sql, most: number): Promise<Received[]> {
  return tx.query<Received>(sql`
    with released as (
      delete from waiting_line_event
      where tenant_id = ${tx.tenant} and event_id in (
        select event_id
        from waiting_line_event
        where tenant_id = ${tx.tenant} and ${which}
        order by received_at, event_id
        limit ${raw(most)})
      returning id, event_id, event, received_at, arrived_at)
    select id, event, received_at, arrived_at
    from released
    order by received_at, event_id`);
}

/** The key of events that wait only for their turn: somebody released them, or their time has come. */
export const RELEASED = 'released';

type Marked = Readonly<Record<'id' | 'tenant_id' | 'line_code' | 'kind' | 'event_id' | 'since', string>> & {
  readonly happened_at: string | null;
};

/** Marks waiting events as released: they are applied in chunks (`startReleasing`). Returns them without their bodies. */
export async function markReleased(tx: Tx, which: Sql, most: number): Promise<Marked[]> {
  const marked = await tx.query<Marked>(sql`
    update waiting_line_event
    set waits_for = ${RELEASED}
    where ctid = any(array(
      select ctid
      from waiting_line_event
      where tenant_id = ${tx.tenant} and ${which}
      limit ${raw(most)}))
    returning id, tenant_id, line_code, kind, event_id, received_at as since, happened_at`);
  if (marked.length > 0)
    await tx.query(sql`
      insert into known_key (tenant_id, key)
      values (${tx.tenant}, ${RELEASED})
      on conflict do nothing`);
  return marked;
}
