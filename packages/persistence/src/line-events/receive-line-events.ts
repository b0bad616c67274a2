/** Line events become rows exactly once and in any order. */
import { happenedAt, ownerOfKind, readLineEvent } from '@plantops/contracts';
import type { Database } from '../database/database.ts';
import type { Tx } from '../database/tx.ts';
import { sql } from '../database/sql.ts';
import { applyLineEvents } from './apply-line-events.ts';
import { claimLineEvents } from './claim-line-events.ts';
import { implausible, mayBeTooOld } from './arrival.rules.ts';
import { reject, rejectionOf } from './reject-line-events.ts';
import { lockLineEvents, type LineEventHandler } from './verdict.ts';
import { letWait, takeWaiting } from './waiting-line-events.ts';

type Message = { readonly subject: string; readonly payload: string; readonly arrivedAt: string };
type Read = ReturnType<typeof readLineEvent> & Message;
type Readable = Extract<Read, { ok: true }>;

/** Consumes messages of the ingest streams of any tenants: one transaction a tenant. */
export async function receiveLineEvents(
  database: Database,
  handler: LineEventHandler,
  messages: readonly Message[],
  now: string,
): Promise<void> {
  const read = messages.map((message): Read => ({ ...readLineEvent(message.subject, message.payload), ...message }));
  for (const [tenant, ofTenant] of Map.groupBy(read, tenantOf))
    await database.transact(tenant, (tx) => receive(tx, handler, ofTenant, now));
}

const tenantOf = (message: Read): string => (message.ok ? message.event.tenant : message.unusable.tenant);

async function receive(tx: Tx, handler: LineEventHandler, messages: readonly Read[], now: string): Promise<void> {
  await lockLineEvents(tx);
  const unusable = messages.flatMap((message) => (message.ok ? [] : [{ ...message.unusable, body: message.payload }]));
  await reject(tx, handler, unusable, now);
  const readable = messages.filter((message) => message.ok);
  const { fresh, repeated, conflicting } = await claimLineEvents(
    tx,
    readable.map(({ event }) => event),
  );
  await reject(
    tx,
    handler,
    conflicting.map((event) =>
      rejectionOf(event, 'this id came before with another body: send each event under an id of its own'),
    ),
    now,
  );
  const [isFresh, isRepeated] = [new Set(fresh), new Set(repeated)];
  const isOwn = ({ event }: Readable) => ownerOfKind(event.kind) === handler.service;
  const own = readable.filter(isOwn);
  // Those of other kinds only where they are observed.
  const isSeen = ({ event, isBackfill }: Readable) =>
    handler.observe !== undefined && (isFresh.has(event) || (isBackfill && isRepeated.has(event)));
  await admit(
    tx,
    handler,
    {
      own: own.filter(({ event }) => isFresh.has(event)),
      others: readable.filter((message) => !isOwn(message) && isSeen(message)),
    },
    now,
  );
  await releaseBackfilled(
    tx,
    handler,
    own.filter(({ event, isBackfill }) => isBackfill && isRepeated.has(event)),
    now,
  );
}

/**
 * Applies new events of the service's own kinds; those whose clock is not plausible wait. Of other kinds it observes
 * what is applied, or will be at its time.
 */
async function admit(
  tx: Tx,
  handler: LineEventHandler,
  { own, others }: { readonly own: readonly Readable[]; readonly others: readonly Readable[] },
  now: string,
): Promise<void> {
  const judged = await judge(tx, handler, [...own, ...others], now);
  const judgedOwn = judged.slice(0, own.length);
  await letWait(
    tx,
    handler,
    judgedOwn.flatMap(({ received, key }) => (key === undefined ? [] : [{ ...received, key }])),
    now,
  );
  await applyLineEvents(
    tx,
    handler,
    judgedOwn.flatMap(({ received, key }) => (key === undefined ? [received] : [])),
    now,
    judged
      .slice(own.length)
      .flatMap(({ received: { event }, key }) => (key === undefined || key === 'early' ? [event] : [])),
  );
}

/** Whether the clock of each is plausible; else what it waits for. */
async function judge(tx: Tx, handler: LineEventHandler, messages: readonly Readable[], now: string) {
  const arrived = messages.map(({ event, arrivedAt, isBackfill }) => ({
    received: { event, received_at: now, arrived_at: arrivedAt },
    arrival: { happenedAt: happenedAt(event).at, arrivedAt, isBackfill },
  }));
  const lateAfterDays = arrived.some(({ arrival }) => mayBeTooOld(arrival))
    ? await handler.lateAfterDays(tx)
    : Number.POSITIVE_INFINITY;
  return arrived.map(({ received, arrival }) => ({ received, key: implausible(arrival, now, lateAfterDays) }));
}

/** An event that waits because it is too old is applied when it is sent again as a backfill. */
async function releaseBackfilled(
  tx: Tx,
  handler: LineEventHandler,
  messages: readonly Readable[],
  now: string,
): Promise<void> {
  if (messages.length === 0) return;
  const ids = messages.map(({ event }) => event.body.id);
  const tooOld = await takeWaiting(tx, sql`waits_for = 'too_old' and event_id = any(${ids})`, ids.length);
  await applyLineEvents(tx, handler, tooOld, now);
}
