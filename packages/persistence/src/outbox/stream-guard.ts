/**
 * The stream guard: a broker may lose the end of a stream or all of it, since it acknowledges before the disk has the
 * message. Events that are lost and still in the outbox become pending again, under another message id: the broker may
 * remember the old one and drop it.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { streamName } from '@plantops/contracts';
import type pg from 'pg';
import type { Broker, StreamState } from './broker.ts';
import type { Log } from '../database/database.ts';
import { isTailLost, lastIntact, type Acknowledged } from './stream-guard.rules.ts';

const STREAMS = [streamName.events, streamName.master, streamName.rejected];
const CHUNK = 5_000;
/**
 * So many subjects are checked to find where the loss begins; when all of them are lost, everything is published again.
 */
const MOST_SUBJECTS = 20;
const AMONG = 5_000;
const COPY_BEHIND_MS = 1_000;

/** The id of a message: its event's id, and a number when it is published again. */
export const MESSAGE_ID = "event_id || case when times_again > 0 then '.' || times_again else '' end";
/** The event of a message. */
export const eventOfMessage = (id: string): string => id.slice(0, 36);
/** Makes an event pending again. */
export const PENDING_AGAIN =
  'published_at = null, retry_at = null, stream_created = null, stream_seq = null, times_again = times_again + 1';

/** Checks every stream that this outbox was published to, and makes events pending again that it no longer has. */
export const guardStreams = async (client: pg.ClientBase, broker: Broker, log: Log): Promise<void> => {
  for (const stream of STREAMS) {
    const { rowCount } = await client.query('select from outbox where stream = $1 and stream_seq is not null limit 1', [
      stream,
    ]);
    if (rowCount === 0) continue;
    const state = await broker.streamState(stream);
    // The provisioner will create it again; until then nothing can be published to it.
    if (state === undefined) continue;
    const { created } = state;
    const others =
      (await again(client, 'stream = $1 and stream_created < $2', [stream, created])) +
      (await again(client, 'stream = $1 and stream_created > $2', [stream, created]));
    if (others > 0)
      log.warn(
        { stream, created, events: others },
        'the stream was created again; all events in the outbox are published again',
      );

    const highest = await highestOf(client, stream, created);
    if (highest === undefined || !(await isLost(broker, stream, highest, state))) continue;
    const intact = await intactOf(client, broker, [stream, created, highest.published_at]);
    const lost = await again(client, 'stream = $1 and stream_created = $2 and stream_seq > $3 and published_at <= $4', [
      stream,
      created,
      intact,
      highest.published_at,
    ]);
    log.warn(
      { stream, intact, acknowledged: highest.seq, events: lost },
      'the stream lost its end; the lost events are published again',
    );
  }
};

/**
 * A replica that lags behind the others may answer, and the stream may drop a message by its limits between two
 * questions. So both are asked twice.
 */
const isLost = async (broker: Broker, stream: string, highest: Acknowledged, state: StreamState): Promise<boolean> => {
  const isMissing = async (from: StreamState) =>
    isTailLost(highest, from, await broker.lastOf(stream, highest.subject));
  if (!(await isMissing(state))) return false;
  await delay(COPY_BEHIND_MS);
  const now = await broker.streamState(stream);
  // A stream that was created again meanwhile is found by the next look.
  return now?.created === state.created && isMissing(now);
};

type Highest = Acknowledged & { readonly published_at: string };

const highestOf = async (client: pg.ClientBase, stream: string, created: string): Promise<Highest | undefined> => {
  const { rows } = await client.query<Highest>(
    `select ${MESSAGE_ID} as id, stream_seq::float8 as seq, subject, published_at::text from outbox
     where stream = $1 and stream_created = $2 and stream_seq is not null order by stream_seq desc limit 1`,
    [stream, created],
  );
  return rows[0];
};

/** The last sequence before the loss. Later publishes prove nothing: their sequences may have been used before. */
const intactOf = async (
  client: pg.ClientBase,
  broker: Broker,
  values: readonly [string, string, string],
): Promise<number> => {
  const [stream] = values;
  const before = 'stream = $1 and stream_created = $2 and stream_seq is not null and published_at <= $3';
  const { rows } = await client.query<{ subject: string }>(
    `select subject
     from (select subject, stream_seq from outbox where ${before} order by stream_seq desc limit ${AMONG}) recent
     group by subject order by max(stream_seq) desc limit ${MOST_SUBJECTS}`,
    [...values],
  );
  const lasts = await Promise.all(rows.map(({ subject }) => broker.lastOf(stream, subject)));
  const { rows: acknowledged } = await client.query<{ id: string; seq: number }>(
    `select ${MESSAGE_ID} as id, stream_seq::float8 as seq
     from outbox
     where ${before} and stream_seq = any($4::bigint[])`,
    [...values, lasts.flatMap((last) => (last ? [last.seq] : []))],
  );
  return lastIntact(acknowledged, lasts);
};

/** In chunks, until none is left; nothing is published in between. */
const again = async (client: pg.ClientBase, which: string, values: readonly unknown[]): Promise<number> => {
  for (let total = 0; ;) {
    const { rowCount } = await client.query(
      `update outbox
       set ${PENDING_AGAIN}
       where id in (select id from outbox where stream_seq is not null and ${which} limit ${CHUNK})`,
      [...values],
    );
    total += rowCount ?? 0;
    if ((rowCount ?? 0) < CHUNK) return total;
  }
};
