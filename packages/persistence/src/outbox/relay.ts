/**
 * The relay publishes what the outbox holds. One copy of a service relays at a time (an advisory lock); the others stand by.
 * It takes pending rows, never a cursor over ids: transactions commit out of order, and a cursor would pass by the late ones.
 * A publish without an answer stays pending and goes out again (`relay-batch.ts`); the broker and the inboxes absorb the second one. Before it publishes on a
 * connection, and from time to time, it looks whether the broker still holds what it acknowledged (`stream-guard.ts`).
 */
import pg from 'pg';
import type { Broker } from './broker.ts';
import { HALF_OPEN, SESSION_OPTIONS } from '../database/connection.ts';
import type { Database } from '../database/database.ts';
import { BATCH, relayBatch } from './relay-batch.ts';
import { guardStreams } from './stream-guard.ts';
import { observeOutbox } from '../database/telemetry.ts';

const LOCK = 7_061_748;
const STANDBY_MS = 1_000;
const BUSY_MS = 25;
const IDLE_MS = 500;
const KEEP_PUBLISHED = "interval '14 days'";
const KEEP_INBOX = "interval '90 days'";
const BITE = 5_000;
const MOST_BITES = 1_000;
const CLEAN_EVERY_MS = 3_600_000;
const LOOK_EVERY_MS = 30_000;
const NONE = -1;

/** Starts relaying; returns how to stop, after what is on its way has been settled. */
export const startRelay = (
  database: Database,
  broker: Broker,
  { cleanEveryMs = CLEAN_EVERY_MS, lookEveryMs = LOOK_EVERY_MS } = {},
): (() => Promise<void>) => {
  let stopped = false;
  let kicked = false;
  let lookAt = 0;
  /** The connection whose server was looked at. */
  let looked = NONE;
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
      kicked = false;
      const { connection } = broker;
      if (connection !== looked || Date.now() >= lookAt) {
        lookAt = Date.now() + lookEveryMs;
        await guardStreams(client, broker, database.log);
        looked = connection;
      }
      const { found, failed } = await relayBatch(client, { broker, connection, log: database.log });
      if (Date.now() > cleanAt) {
        await clean(client);
        cleanAt = Date.now() + cleanEveryMs;
      }
      if (found === BATCH && !failed) continue;
      quietMs = found > 0 ? BUSY_MS : Math.min(quietMs * 2, IDLE_MS);
      await pause(failed ? IDLE_MS : quietMs);
    }
  };

  const lead = async () => {
    while (!stopped) {
      const client = new pg.Client({
        connectionString: database.url,
        connectionTimeoutMillis: 5_000,
        statement_timeout: 10_000,
        // The outbox fills and empties faster than statistics follow: by its index of pending rows it is read in order, and what is over is left out.
        ...HALF_OPEN,
        options: `${SESSION_OPTIONS} -c app.tenant_id=* -c enable_seqscan=off -c enable_bitmapscan=off`,
      });
      // A lost connection shows in the next statement; the lock is the server's to give away then.
      client.on('error', () => {});
      try {
        await client.connect();
        looked = NONE;
        if (await takeLock(client)) await relay(client);
        else {
          kicked = false;
          await pause(STANDBY_MS);
        }
      } catch (error) {
        database.log.warn({ err: error }, 'the relay lost its database or its broker; trying again');
        kicked = false;
        await pause(STANDBY_MS);
      } finally {
        await client.end().catch(() => {});
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

const takeLock = async (client: pg.Client): Promise<boolean> => {
  const { rows } = await client.query<{ taken: boolean }>(`select pg_try_advisory_lock(${LOCK}) as taken`);
  return rows[0]?.taken === true;
};

/**
 * Forgets what is older than every replay could reach back: in small bites, until nothing is left or the hour's share is done.
 * Announcements of rows go on into the history.
 */
const clean = async (client: pg.Client): Promise<void> => {
  const bites = [
    `with old as (delete from outbox where id in (select id from outbox where published_at < now() - ${KEEP_PUBLISHED} limit ${BITE}) returning *),
          kept as (insert into history (event_id, tenant_id, row_id, entity, time, payload)
                   select event_id, tenant_id, row_id, entity, date_trunc('milliseconds', created_at), payload from old where row_id is not null)
     select from old`,
    `delete from inbox where event_id in (select event_id from inbox where processed_at < now() - ${KEEP_INBOX} limit ${BITE})`,
  ];
  for (const bite of bites) {
    for (let taken = 0; taken < MOST_BITES; taken += 1) {
      const { rowCount } = await client.query(bite);
      if ((rowCount ?? 0) < BITE) break;
    }
  }
};
