/**
 * One chunk of pending events. Events of one row reach the broker in the order of the row's commits: each waits for the
 * acknowledgement of the one before, and behind a failed one all wait until it succeeds. Events of different rows are
 * published at once.
 */
import type pg from 'pg';
import type { Broker, Stored } from './broker.ts';
import type { Log } from '../database/database.ts';
import { eventOfMessage, MESSAGE_ID, PENDING_AGAIN } from './stream-guard.ts';

const CHUNK = 500;
/** A chunk ends before the event that would make it larger. One event has at most 250 KiB. */
const MOST_BYTES = 8 * 1024 * 1024;
const RETRY_AFTER = "interval '1 second'";

type Pending = {
  readonly id: string;
  readonly subject: string;
  readonly payload: string;
  /** The row it is about; a message about no row waits for nothing. */
  readonly row: string;
  /** A newer event of the row is published already. */
  readonly is_late: boolean;
  /** Whether its tenant, or all of them, may have more pending events than this chunk has room for. */
  readonly is_more: boolean;
};

/** `connection` is the one whose server was checked by `stream-guard.ts`; another server may lack messages. */
type Target = { readonly broker: Broker; readonly connection: number; readonly log: Log };

/** How many pending events were found, whether there may be more, and whether one of them was not stored. */
export type Relayed = { readonly found: number; readonly isMore: boolean; readonly failed: boolean };

/** Publishes up to 500 events, the oldest of each tenant: tenants share a chunk equally. */
export const relayChunk = async (client: pg.Client, { broker, connection, log }: Target): Promise<Relayed> => {
  const { rows } = await client.query<Pending>(PENDING);
  if (rows.length === 0) return { found: 0, isMore: false, failed: false };
  const outcomes = await publishInOrder(
    (messages) => broker.publish(messages, connection),
    rows.filter(({ is_late }) => !is_late),
  );
  const stored = outcomes.filter((outcome) => 'seq' in outcome);
  const failures = outcomes.filter((outcome) => 'error' in outcome && outcome.error !== HAD_BEFORE);
  const hadBefore = outcomes.filter((outcome) => 'error' in outcome && outcome.error === HAD_BEFORE);
  if (hadBefore.length > 0) await client.query(SEND_AGAIN, [eventsOf(hadBefore)]);
  const [failure] = failures;
  if (failure && 'error' in failure) {
    log.warn({ err: failure.error, failed: failures.length }, 'events were not stored; they are published again');
    // They wait: a stream that refuses messages does not delay those of other streams.
    await client.query(`update outbox set retry_at = now() + ${RETRY_AFTER} where event_id = any($1::uuid[])`, [
      eventsOf(failures),
    ]);
  }
  const late = rows.filter(({ is_late }) => is_late).map(({ id }) => ({ id, stream: null, created: null, seq: null }));
  const settled = [...stored, ...late];
  await client.query(PUBLISHED, [
    eventsOf(settled),
    settled.map(({ stream }) => stream),
    settled.map(({ created }) => created),
    settled.map(({ seq }) => seq),
  ]);
  return {
    found: rows.length,
    isMore: rows.some(({ is_more }) => is_more),
    failed: failures.length + hadBefore.length > 0,
  };
};

/** Pass ids as they are stored: under row-level security PostgreSQL cannot use an index through a function call. */
const eventsOf = (messages: readonly { readonly id: string }[]): string[] =>
  messages.map(({ id }) => eventOfMessage(id));

/**
 * MASTER keeps the last message of each row for ever. An older event that is published again after a newer one would
 * take its place: it is skipped; listeners that have the newer one lack nothing.
 */
const IS_LATE = `o.times_again > 0 and o.subject like 'plantops.master.%' and exists (
  select from outbox newer where newer.tenant_id = o.tenant_id and newer.row_id = o.row_id and newer.entity = o.entity
  and newer.id > o.id and newer.published_at is not null)`;
/**
 * The broker drops a message that it had before. In MASTER an older event may have taken this one's place since: it is
 * published again under another id, as the last one.
 */
const HAD_BEFORE = new Error('the broker had this message before');
const SEND_AGAIN = `update outbox set ${PENDING_AGAIN} where event_id = any($1::uuid[])`;
const MASTER = 'plantops.master.';
/** The tenants that have pending events, by one step of the index each: `with recursive tenants as (…)`. */
export const PENDING_TENANTS = `
  with recursive tenants as (
    (select tenant_id from outbox where published_at is null order by tenant_id limit 1)
    union all
    select (
      select o.tenant_id
      from outbox o
      where o.published_at is null and o.tenant_id > t.tenant_id
      order by o.tenant_id
      limit 1)
    from tenants t
    where t.tenant_id is not null)`;

/**
 * Planned each time: a plan made while the outbox was empty would read all of its backlog for each row. Either few
 * events have failed, or all.
 *
 * The tenants that have pending events are found by one step of the index each, so the backlog of one of them costs the
 * others nothing.
 */
const PENDING = `
  ${PENDING_TENANTS},
  turn as (
    select tenant_id, greatest(${CHUNK} / count(*) over (), 1) as share
    from tenants
    where tenant_id is not null),
  failed as materialized (
    select row_id, entity, min(id) as id
    from outbox
    where published_at is null and retry_at is not null and retry_at > now()
    group by row_id, entity),
  chosen as (
    select o.*, row_number() over (partition by o.tenant_id order by o.id) = turn.share as is_more
    from turn
    cross join lateral (
      select *
      from outbox o
      where o.tenant_id = turn.tenant_id and o.published_at is null and (o.retry_at is null or o.retry_at <= now())
        and not exists (
          select from failed
          where failed.row_id = o.row_id and failed.entity = o.entity and failed.id < o.id
        )
      order by o.id
      limit turn.share) o
    order by o.id
    limit ${CHUNK}),
  measured as (
    select o.*, sum(octet_length(o.payload)) over (order by o.id) as bytes, sum(octet_length(o.payload)) over () as of_all
    from chosen o)
  select ${MESSAGE_ID} as id, o.subject, o.payload,
    coalesce(o.entity || o.row_id, o.event_id::text) as row, ${IS_LATE} as is_late,
    o.is_more or o.of_all > ${MOST_BYTES} as is_more
  from measured o
  where o.bytes <= ${MOST_BYTES}
  order by o.id`;
const PUBLISHED = `
  update outbox set published_at = now(), stream = m.stream, stream_created = m.created, stream_seq = m.seq
  from unnest($1::uuid[], $2::text[], $3::timestamptz[], $4::bigint[]) as m(event_id, stream, created, seq)
  where outbox.event_id = m.event_id`;

/**
 * First the first event of each row, then the second ones, … Events behind one that was not stored are not sent, and
 * have no outcome.
 */
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
      const isHadBefore = 'seq' in answer && answer.isDuplicate && subject.startsWith(MASTER);
      if ('error' in answer || isHadBefore) failed.add(row);
      outcomes.push(isHadBefore ? { id: answer.id, error: HAD_BEFORE } : answer);
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
