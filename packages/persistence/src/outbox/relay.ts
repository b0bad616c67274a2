/**
 * The relay publishes the events of the outbox. One copy of a service relays at a time, under an advisory lock; the
 * others stand by. It reads pending rows, never a cursor over ids: transactions commit out of order, and a cursor would
 * skip the late ones. An event without an acknowledgement stays pending and is published again (`relay-chunk.ts`); the
 * broker and the inboxes ignore the second one. Nothing is published on a connection before `stream-guard.ts` has
 * checked that its server still has what it acknowledged.
 */
import { setTimeout as delay } from 'node:timers/promises';
import type pg from 'pg';
import type { Broker } from './broker.ts';
import type { Database } from '../database/database.ts';
import { withLock } from '../database/with-lock.ts';
import { relayChunk, type Relayed } from './relay-chunk.ts';
import { guardStreams } from './stream-guard.ts';
import { observeOutbox } from './observe-outbox.ts';

const LOCK = 7_061_748;
/** The outbox changes faster than its statistics: force the plan that reads pending rows in order by their index. */
const IN_ORDER = '-c enable_seqscan=off -c enable_bitmapscan=off';
const STANDBY_MS = 1_000;
const BUSY_MS = 25;
/** Chunks begin at least so far apart, unless a full one waits: under load more events share the statements of one. */
const APART_MS = 20;
const IDLE_MS = 500;
const KEEP_PUBLISHED = "interval '14 days'";
const KEEP_INBOX = "interval '90 days'";
const CLEANED_AT_ONCE = 5_000;
const MOST_CHUNKS = 1_000;
const CLEAN_EVERY_MS = 3_600_000;
const LOOK_EVERY_MS = 30_000;
const NONE = -1;

/** Starts relaying; returns how to stop, after the current chunk. */
export const startRelay = (
  database: Database,
  broker: Broker,
  { cleanEveryMs = CLEAN_EVERY_MS, lookEveryMs = LOOK_EVERY_MS } = {},
): (() => Promise<void>) => {
  let stopped = false;
  let kicked = false;
  let lookAt = 0;
  /** The connection whose server was checked. */
  let checked = NONE;
  let wake = () => {};
  const forget = broker.onReconnect(() => wake());
  database.onAnnouncement(() => {
    kicked = true;
    wake();
  });
  const pause = async (ms: number) => {
    if (stopped || kicked) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  };

  const relay = async (client: pg.Client) => {
    let quietMs = BUSY_MS;
    let cleanAt = Date.now() + cleanEveryMs;
    while (!stopped) {
      // An announcement of another copy is found by looking: a cheap look, since there is seldom one.
      const isLook = quietMs > BUSY_MS && !kicked;
      kicked = false;
      const { connection } = broker;
      if (connection !== checked || Date.now() >= lookAt) {
        lookAt = Date.now() + lookEveryMs;
        await guardStreams(client, broker, database.log);
        checked = connection;
      }
      const next = Date.now() + APART_MS;
      const hasWork = !isLook || (await isPending(client));
      const { found, isMore, failed }: Relayed = hasWork
        ? await relayChunk(client, { broker, connection, log: database.log })
        : NOTHING;
      if (Date.now() > cleanAt) {
        await clean(client);
        cleanAt = Date.now() + cleanEveryMs;
      }
      if (isMore && !failed) continue;
      quietMs = found > 0 ? BUSY_MS : Math.min(quietMs * 2, IDLE_MS);
      await pause(failed ? IDLE_MS : quietMs);
      if (found > 0 && Date.now() < next) await delay(next - Date.now());
    }
  };

  const lead = async () => {
    while (!stopped) {
      try {
        const hasLed = await withLock(database, { lock: LOCK, options: IN_ORDER }, async (client) => {
          checked = NONE;
          await relay(client);
        });
        if (!hasLed) {
          kicked = false;
          await pause(STANDBY_MS);
        }
      } catch (error) {
        database.log.warn({ err: error }, 'the relay lost its database or its broker; trying again');
        kicked = false;
        await pause(STANDBY_MS);
      }
    }
  };

  const leading = lead();
  const unobserve = observeOutbox(database);
  return async () => {
    stopped = true;
    unobserve();
    forget();
    wake();
    await leading;
  };
};

const NOTHING: Relayed = { found: 0, isMore: false, failed: false };
/** Prepared, so it is not planned each time. */
const isPending = async (client: pg.Client): Promise<boolean> => {
  const { rows } = await client.query<{ pending: boolean }>({
    name: 'pending',
    text: 'select exists (select from outbox where published_at is null) as pending',
  });
  return rows[0]?.pending === true;
};

/**
 * Deletes rows that are too old for any replay, in chunks, up to a limit each hour. Events of rows move to the history.
 */
const clean = async (client: pg.Client): Promise<void> => {
  const statements = [
    `with old as (
       delete from outbox
       where id in (select id from outbox where published_at < now() - ${KEEP_PUBLISHED} limit ${CLEANED_AT_ONCE})
       returning *),
     moved as (
       insert into history (event_id, tenant_id, row_id, entity, time, payload)
       select event_id, tenant_id, row_id, entity, date_trunc('milliseconds', created_at), payload
       from old
       where row_id is not null)
     select from old`,
    `delete from inbox
     where event_id in (
       select event_id from inbox where processed_at < now() - ${KEEP_INBOX} limit ${CLEANED_AT_ONCE})`,
  ];
  for (const statement of statements) {
    for (let chunk = 0; chunk < MOST_CHUNKS; chunk += 1) {
      const { rowCount } = await client.query(statement);
      if ((rowCount ?? 0) < CLEANED_AT_ONCE) break;
    }
  }
};
