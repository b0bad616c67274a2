/**
 * One batch of what is pending. Announcements of one row reach the broker in the order of the row's commits: each waits for the answer to the
 * one before it, and behind one that failed they all wait until it goes out again. What is about different rows goes out at once.
 */
import type pg from 'pg';
import type { Broker, Stored } from './broker.ts';
import type { Log } from '../database/database.ts';
import { eventOfMessage, MESSAGE_ID, PENDING_AGAIN } from './stream-guard.ts';

export const BATCH = 500;
const RETRY_AFTER = "interval '1 second'";

type Pending = {
  readonly id: string;
  readonly subject: string;
  readonly payload: string;
  /** What it tells of; what tells of no row waits for nothing. */
  readonly row: string;
  /** A newer announcement of the row is out already. */
  readonly is_late: boolean;
};

/** The connection is the one whose server was looked at: what another one holds is not known yet (`stream-guard.ts`). */
type Way = { readonly broker: Broker; readonly connection: number; readonly log: Log };

/** Publishes up to 500, the oldest first. Returns how many it found, and whether one of them was not stored. */
export const relayBatch = async (client: pg.Client, { broker, connection, log }: Way): Promise<{ found: number; failed: boolean }> => {
  const { rows } = await client.query<Pending>(PENDING);
  if (rows.length === 0) return { found: 0, failed: false };
  const outcomes = await publishInOrder(
    (messages) => broker.publish(messages, connection),
    rows.filter(({ is_late }) => !is_late),
  );
  const stored = outcomes.filter((outcome) => 'seq' in outcome);
  const failures = outcomes.filter((outcome) => 'error' in outcome && outcome.error !== PASSED_BY);
  const passedBy = outcomes.filter((outcome) => 'error' in outcome && outcome.error === PASSED_BY);
  if (passedBy.length > 0) await client.query(SEND_ANEW, [eventsOf(passedBy)]);
  const [failure] = failures;
  if (failure && 'error' in failure) {
    log.warn({ err: failure.error, failed: failures.length }, 'announcements were not stored; they go out again');
    // They step aside meanwhile: what one stream refuses does not hold up what the others would take.
    await client.query(`update outbox set retry_at = now() + ${RETRY_AFTER} where event_id = any($1::uuid[])`, [eventsOf(failures)]);
  }
  const late = rows.filter(({ is_late }) => is_late).map(({ id }) => ({ id, stream: null, created: null, seq: null }));
  const settled = [...stored, ...late];
  await client.query(PUBLISHED, [
    eventsOf(settled),
    settled.map(({ stream }) => stream),
    settled.map(({ created }) => created),
    settled.map(({ seq }) => seq),
  ]);
  return { found: rows.length, failed: failures.length + passedBy.length > 0 };
};

/** Told to the server as they are stored: behind the wall of tenants it looks up by an index only what no function has to be called for. */
const eventsOf = (messages: readonly { readonly id: string }[]): string[] => messages.map(({ id }) => eventOfMessage(id));

/**
 * MASTER keeps the last message of each row for ever. What goes out once more (because somebody lacked it) after a newer one of its row would
 * take that one's place: it is left out, and who reads the newer one lacks nothing.
 */
const IS_LATE = `o.times_again > 0 and o.subject like 'plantops.master.%' and exists (
  select from outbox newer where newer.tenant_id = o.tenant_id and newer.row_id = o.row_id and newer.entity = o.entity
  and newer.id > o.id and newer.published_at is not null)`;
/**
 * A second copy is swallowed by the broker. Elsewhere that is as it should be. In MASTER an older announcement, sent again after the broker has
 * forgotten it, may stand where this one was: it goes out under another id, as the last.
 */
const PASSED_BY = new Error('the broker has had this one before');
const SEND_ANEW = `update outbox set ${PENDING_AGAIN} where event_id = any($1::uuid[])`;
const MASTER = 'plantops.master.';
/** Planned anew each time: a plan made while the outbox was empty would read all of its backlog for each row. What has failed is little, or all of it is. */
const PENDING = `
  with failed as materialized (
    select row_id, entity, min(id) as id from outbox where published_at is null and retry_at is not null and retry_at > now() group by row_id, entity)
  select ${MESSAGE_ID} as id, o.subject, o.payload, coalesce(o.entity || o.row_id, o.event_id::text) as row, ${IS_LATE} as is_late
  from outbox o where o.published_at is null and (o.retry_at is null or o.retry_at <= now())
    and not exists (select from failed where failed.row_id = o.row_id and failed.entity = o.entity and failed.id < o.id)
  order by o.id limit ${BATCH}`;
const PUBLISHED = `
  update outbox set published_at = now(), stream = m.stream, stream_created = m.created, stream_seq = m.seq
  from unnest($1::uuid[], $2::text[], $3::timestamptz[], $4::bigint[]) as m(event_id, stream, created, seq) where outbox.event_id = m.event_id`;

/** First the first of each row, then the second ones, … What comes after one that was not stored is not sent, and has no outcome. */
type Publish = (messages: readonly Pick<Pending, 'id' | 'subject' | 'payload'>[]) => Promise<readonly Stored[]>;
const publishInOrder = async (publish: Publish, rows: readonly Pending[]): Promise<Stored[]> => {
  const outcomes: Stored[] = [];
  const failed = new Set<string>();
  for (const wave of wavesOf(rows)) {
    const sent = wave.filter(({ row }) => !failed.has(row));
    if (sent.length === 0) break;
    const answers = await publish(sent.map(({ id, subject, payload }) => ({ id, subject, payload })));
    for (const [index, answer] of answers.entries()) {
      const { row, subject } = sent[index] as Pending;
      const isPassedBy = 'seq' in answer && answer.isDuplicate && subject.startsWith(MASTER);
      if ('error' in answer || isPassedBy) failed.add(row);
      outcomes.push(isPassedBy ? { id: answer.id, error: PASSED_BY } : answer);
    }
  }
  return outcomes;
};

const wavesOf = (rows: readonly Pending[]): Pending[][] => {
  const waves: Pending[][] = [];
  const places = new Map<string, number>();
  for (const row of rows) {
    const place = places.get(row.row) ?? 0;
    places.set(row.row, place + 1);
    (waves[place] ??= []).push(row);
  }
  return waves;
};
