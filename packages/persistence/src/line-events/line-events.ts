/**
 * Line events become rows exactly once and in any order: each id is kept for ever, an event whose line, product, batch or start is
 * not known yet waits for it, and what can never be applied is listed with the reason and told to its sender.
 */
import { createHash } from 'node:crypto';
import {
  code,
  happenedAt,
  liesAhead,
  ownerOfKind,
  readLineEvent,
  type LineEvent,
  type ServiceName,
  type Unusable,
} from '@plantops/contracts';
import { v7 as uuidv7 } from 'uuid';
import type { Database } from '../database/database.ts';
import { enqueue } from '../outbox/outbox.ts';
import { EVERY_TENANT, type Tx } from '../database/tx.ts';

/** What became of a line event. `releases` are the keys that others may have waited for. */
export type Verdict = { applied: true; releases?: readonly string[] } | { waitsFor: string } | { rejected: string };
export const applied = (...releases: string[]): Verdict => ({ applied: true, releases });
/** Applies the events of one tenant that are this service's; one verdict each, in their order. */
export type ApplyLineEvents = (tx: Tx, events: readonly LineEvent[], now: string) => Promise<Verdict[]>;

/** What an event waits for, as a key. */
export const waitKey = {
  line: (lineCode: string) => `line:${lineCode}`,
  product: (productCode: string) => `product:${productCode}`,
  batch: (lineCode: string, batchNumber: string) => `batch:${lineCode}:${batchNumber}`,
  downtime: (lineCode: string, reference: string) => `downtime:${lineCode}:${reference}`,
};

const MOST_WAITING = 100_000;
const RELEASED_AT_ONCE = 500;
const EXPIRED_AT_ONCE = 500;
const KEYS_AT_ONCE = 100;
const LINE_EVENTS = 'line-events';
const LONGEST_WAIT_DAYS = 30;

export type LineEventHandler = { readonly service: ServiceName; readonly apply: ApplyLineEvents; readonly mostWaiting?: number };
/** `subject` tells apart what has the same body on several; without it, the line and the kind do. */
type Rejection = Unusable & { body: string; subject?: string };

/**
 * One after the other in a tenant: who applies line events, or releases what has waited, holds this lock before any other. So nothing
 * begins to wait for what has just become known, and no two of them wait for each other's rows.
 */
export const lockLineEvents = (tx: Tx): Promise<void> => tx.lock(LINE_EVENTS);

/** Takes a batch of messages from the ingest streams of any tenants: one transaction a tenant. */
export const receiveLineEvents = async (
  database: Database,
  handler: LineEventHandler,
  messages: readonly { subject: string; payload: string }[],
  now: string,
): Promise<void> => {
  const read = messages.map(({ subject, payload }) => ({ ...readLineEvent(subject, payload), payload }));
  const tenantOf = (message: (typeof read)[number]) => (message.ok ? message.event.tenant : message.unusable.tenant);
  for (const [tenant, ofTenant] of Map.groupBy(read, tenantOf)) {
    await database.transact(tenant, async (tx) => {
      await lockLineEvents(tx);
      const unusable = ofTenant.flatMap((message) => (message.ok ? [] : [{ ...message.unusable, body: message.payload }]));
      await reject(tx, handler, unusable, now);
      const { fresh, conflicting } = await claim(
        tx,
        ofTenant.flatMap((message) => (message.ok ? [message.event] : [])),
      );
      await reject(
        tx,
        handler,
        conflicting.map((event) => rejectionOf(event, 'this id came before with another body: send each event under an id of its own')),
        now,
      );
      const own = fresh.filter(({ kind }) => ownerOfKind(kind) === handler.service);
      const [ahead, happened] = [
        own.filter((event) => liesAhead(happenedAt(event).at, now)),
        own.filter((event) => !liesAhead(happenedAt(event).at, now)),
      ];
      await unclaimAndReject(
        tx,
        handler,
        ahead.map((event) => rejectionOf(event, `${happenedAt(event).field}: must not lie in the future`)),
        now,
      );
      await applyAll(
        tx,
        handler,
        happened.map((event) => ({ event, received_at: now })),
        now,
      );
    });
  }
};

/**
 * Applies what has waited for these keys, now that they are known: at once when it is little and nobody else is at the tenant's line events, else
 * soon after (`startReleasing`). Whoever learns of a key is kept waiting neither by how much has waited for it nor by what its tenant sends.
 */
export const releaseWaiting = async (tx: Tx, handler: LineEventHandler, keys: readonly string[], now: string): Promise<void> => {
  if (keys.length === 0) return;
  // Without the lock somebody may be about to wait for what he has not seen.
  const isAlone = await tx.tryLock(LINE_EVENTS);
  const rows = isAlone ? await takeWaiting(tx, keys, RELEASED_AT_ONCE) : [];
  if (!isAlone || rows.length === RELEASED_AT_ONCE)
    await tx.query('insert into known_key (tenant_id, key) select $1, unnest($2::text[]) on conflict do nothing', [tx.tenant, keys]);
  await applyAll(tx, handler, rows, now);
};

const takeWaiting = (tx: Tx, keys: readonly string[], most: number): Promise<Arrived[]> =>
  tx.query<Arrived>(
    `with released as (delete from waiting_line_event where tenant_id = $1 and event_id in
       (select event_id from waiting_line_event where tenant_id = $1 and waits_for = any($2) order by received_at, event_id limit ${most}) returning *)
     select event, received_at from released order by received_at, event_id`,
    [tx.tenant, keys],
  );

/** Applies a bite of what waits for keys that are known; whether there is more. `refuse`: it is rejected instead, for this reason. */
export const releaseBite = (
  database: Database,
  handler: LineEventHandler,
  { tenant, most, now, refuse }: { tenant: string; most: number; now: string; refuse?: string },
): Promise<boolean> =>
  database.transact(tenant, async (tx) => {
    await lockLineEvents(tx);
    const known = await tx.query<{ key: string }>(
      `select key from known_key where tenant_id = $1 order by noted_at, key limit ${KEYS_AT_ONCE}`,
      [tx.tenant],
    );
    const keys = known.map(({ key }) => key);
    const rows = await takeWaiting(tx, keys, Math.min(most, RELEASED_AT_ONCE));
    const isMore = rows.length === Math.min(most, RELEASED_AT_ONCE);
    if (!isMore) await tx.query('delete from known_key where tenant_id = $1 and key = any($2)', [tx.tenant, keys]);
    if (refuse === undefined) await applyAll(tx, handler, rows, now);
    else
      await unclaimAndReject(
        tx,
        handler,
        rows.map(({ event }) => rejectionOf(event, refuse)),
        now,
      );
    return isMore || keys.length === KEYS_AT_ONCE;
  });

/** Rejects the events that have waited too long. What cannot be done for one tenant is done for the others. */
export const expireWaiting = async (database: Database, handler: LineEventHandler, now: string): Promise<void> => {
  const oldest = new Date(Date.parse(now) - LONGEST_WAIT_DAYS * 86_400_000).toISOString();
  const tenants = await database.transact(EVERY_TENANT, (tx) =>
    tx.query<{ tenant_id: string }>('select distinct tenant_id from waiting_line_event where received_at < $1', [oldest]),
  );
  for (const { tenant_id: tenant } of tenants) {
    try {
      while ((await expireSome(database, handler, { tenant, oldest, now })) === EXPIRED_AT_ONCE);
    } catch (error) {
      database.log.warn({ err: error, tenant }, 'housekeeping failed; it comes again');
    }
  }
};

type Expiring = { readonly tenant: string; readonly oldest: string; readonly now: string };
/** How many were rejected. */
const expireSome = (database: Database, handler: LineEventHandler, { tenant, oldest, now }: Expiring): Promise<number> =>
  database.transact(tenant, async (tx) => {
    const rows = await tx.query<{ event: LineEvent; waits_for: string }>(
      `delete from waiting_line_event where tenant_id = $1 and event_id in
         (select event_id from waiting_line_event where tenant_id = $1 and received_at < $2 limit ${EXPIRED_AT_ONCE}) returning event, waits_for`,
      [tx.tenant, oldest],
    );
    await unclaimAndReject(
      tx,
      handler,
      rows.map(({ event, waits_for }) => rejectionOf(event, `${waits_for} did not become known within ${LONGEST_WAIT_DAYS} days`)),
      now,
    );
    return rows.length;
  });

/** Notes the ids, also those of kinds that another service applies: an id is used once in a tenant, whatever its kind. */
const claim = async (tx: Tx, events: readonly LineEvent[]): Promise<{ fresh: LineEvent[]; conflicting: LineEvent[] }> => {
  if (events.length === 0) return { fresh: [], conflicting: [] };
  const marked = events.map((event) => ({ event, fingerprint: fingerprintOf(event) }));
  const first = new Map(marked.toReversed().map((entry) => [entry.event.body.id, entry]));
  const inserted = await tx.query<{ event_id: string }>(
    'insert into line_event (tenant_id, event_id, fingerprint) select $1, * from unnest($2::text[], $3::text[]) as e(event_id, fingerprint) on conflict do nothing returning event_id',
    [tx.tenant, [...first.keys()], [...first.values()].map(({ fingerprint }) => fingerprint)],
  );
  const fresh = new Set(inserted.map(({ event_id }) => event_id));
  const known = await tx.query<{ event_id: string; fingerprint: string }>(
    'select event_id, fingerprint from line_event where tenant_id = $1 and event_id = any($2)',
    [tx.tenant, [...first.keys()]],
  );
  const fingerprints = new Map(known.map(({ event_id, fingerprint }) => [event_id, fingerprint]));
  return {
    fresh: marked.filter((entry) => first.get(entry.event.body.id) === entry && fresh.has(entry.event.body.id)).map(({ event }) => event),
    conflicting: marked.filter(({ event, fingerprint }) => fingerprints.get(event.body.id) !== fingerprint).map(({ event }) => event),
  };
};

/** An event and when it first came: it may wait for one thing after the other, but not for longer in all. */
type Arrived = { readonly event: LineEvent; readonly received_at: string };

const applyAll = async (tx: Tx, handler: LineEventHandler, arrived: readonly Arrived[], now: string): Promise<void> => {
  if (arrived.length === 0) return;
  const events = arrived.map(({ event }) => event);
  const verdicts = await handler.apply(tx, events, now);
  const at = (index: number) => verdicts[index] as Verdict;
  await wait(
    tx,
    handler,
    arrived.flatMap((one, index) => {
      const verdict = at(index);
      return 'waitsFor' in verdict ? [{ ...one, key: verdict.waitsFor }] : [];
    }),
    now,
  );
  await unclaimAndReject(
    tx,
    handler,
    events.flatMap((event, index) => {
      const verdict = at(index);
      return 'rejected' in verdict ? [rejectionOf(event, verdict.rejected)] : [];
    }),
    now,
  );
  await releaseWaiting(
    tx,
    handler,
    [...new Set(verdicts.flatMap((verdict) => ('applied' in verdict ? (verdict.releases ?? []) : [])))],
    now,
  );
};

const wait = async (tx: Tx, handler: LineEventHandler, waiting: readonly (Arrived & { key: string })[], now: string): Promise<void> => {
  if (waiting.length === 0) return;
  const most = handler.mostWaiting ?? MOST_WAITING;
  const [{ count } = { count: 0 }] = await tx.query<{ count: number }>(
    'select count(*) as count from waiting_line_event where tenant_id = $1',
    [tx.tenant],
  );
  const room = Math.max(most - count, 0);
  const admitted = waiting.slice(0, room);
  await tx.query(
    'insert into waiting_line_event (tenant_id, event_id, waits_for, event, received_at) select $1, * from unnest($2::text[], $3::text[], $4::jsonb[], $5::timestamptz[]) as w(event_id, waits_for, event, received_at)',
    [
      tx.tenant,
      admitted.map(({ event }) => event.body.id),
      admitted.map(({ key }) => key),
      admitted.map(({ event }) => JSON.stringify(event)),
      admitted.map(({ received_at }) => received_at),
    ],
  );
  await unclaimAndReject(
    tx,
    handler,
    waiting
      .slice(room)
      .map(({ event, key }) => rejectionOf(event, `${key} is not known and ${most} events wait already: add it, then send this again`)),
    now,
  );
};

/** A rejected event gives its id back, so that its sender can mend it and send it again. */
const unclaimAndReject = async (tx: Tx, handler: LineEventHandler, rejections: readonly Rejection[], now: string): Promise<void> => {
  if (rejections.length === 0) return;
  await tx.query('delete from line_event where tenant_id = $1 and event_id = any($2)', [tx.tenant, rejections.map(({ id }) => id)]);
  await reject(tx, handler, rejections, now);
};

/** Another service's kinds are its own to reject. */
const reject = (tx: Tx, handler: LineEventHandler, rejections: readonly Rejection[], now: string): Promise<void> =>
  rejectMessages(
    tx,
    rejections.filter(({ kind }) => ownerOfKind(kind) === handler.service),
    now,
  );

/** Lists rejections once each and tells the tenant's own publishers. */
export const rejectMessages = async (tx: Tx, rejections: readonly Rejection[], now: string): Promise<void> => {
  const own = rejections.map(({ line, kind, id, reason, body, subject }) => ({
    key: uuidv7(),
    line: storable(line),
    kind: storable(kind),
    id: id === null ? null : storable(id),
    reason: storable(reason),
    body: storable(body.slice(0, 4000)),
    address: subject ?? `${storable(line)}.${storable(kind)}`,
  }));
  if (own.length === 0) return;
  const listed = await tx.query<{ id: string }>(
    `insert into line_event_rejection (id, tenant_id, line_code, kind, event_id, reason, body, fingerprint, rejected_at)
     select key, $1, line, kind, event_id, reason, body, fingerprint, $9 from unnest($2::uuid[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[]) as r(key, line, kind, event_id, reason, body, fingerprint)
     on conflict do nothing returning id`,
    [
      tx.tenant,
      own.map(({ key }) => key),
      own.map(({ line }) => line),
      own.map(({ kind }) => kind),
      own.map(({ id }) => id),
      own.map(({ reason }) => reason),
      own.map(({ body }) => body),
      own.map(({ address, body }) => sha256(`${address}.${body}`)),
      now,
    ],
  );
  const fresh = new Set(listed.map(({ id }) => id));
  await enqueue(
    tx,
    own
      .filter(({ key }) => fresh.has(key))
      .map(({ key, line, kind, id, reason }) => ({
        id: key,
        // What is no code may be no token of a subject either: it would be refused for ever and hold up what comes after it.
        subject: `plantops.rejected.${tx.tenant}.${code.safeParse(line).success ? line : '_'}`,
        payload: JSON.stringify({ id: key, line_code: line, kind, event_id: id, reason, rejected_at: now }),
      })),
  );
};

/** PostgreSQL stores every character but NUL; what a message cannot be applied for must not keep it from being listed. */
const storable = (text: string): string => text.replaceAll('\0', '').toWellFormed();

const rejectionOf = (event: LineEvent, reason: string): Rejection => ({
  tenant: event.tenant,
  line: event.line,
  kind: event.kind,
  id: event.body.id,
  reason,
  body: JSON.stringify(event.body),
});

const sha256 = (text: string) => createHash('sha256').update(text).digest('base64url');
/** The same event gives the same fingerprint, whatever the order of its fields. */
const fingerprintOf = ({ line, kind, body }: LineEvent): string =>
  sha256(
    JSON.stringify([
      line,
      kind,
      Object.entries(body)
        .filter(([, value]) => value !== undefined)
        .sort(([a], [b]) => (a < b ? -1 : 1)),
    ]),
  );
