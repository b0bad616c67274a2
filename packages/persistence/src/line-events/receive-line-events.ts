/** Line events become rows exactly once and in any order. */
import { happenedAt, liesAhead, ownerOfKind, readLineEvent, type LineEvent } from '@plantops/contracts';
import type { Database } from '../database/database.ts';
import type { Tx } from '../database/tx.ts';
import { applyLineEvents } from './apply-line-events.ts';
import { claimLineEvents } from './claim-line-events.ts';
import { reject, rejectionOf, unclaimAndReject } from './reject-line-events.ts';
import { lockLineEvents, type LineEventHandler } from './verdict.ts';

type Message = { readonly subject: string; readonly payload: string };
type Read = ReturnType<typeof readLineEvent> & { readonly payload: string };

/** Consumes messages of the ingest streams of any tenants: one transaction a tenant. */
export async function receiveLineEvents(
  database: Database,
  handler: LineEventHandler,
  messages: readonly Message[],
  now: string,
): Promise<void> {
  const read = messages.map(({ subject, payload }): Read => ({ ...readLineEvent(subject, payload), payload }));
  for (const [tenant, ofTenant] of Map.groupBy(read, tenantOf))
    await database.transact(tenant, (tx) => receive(tx, handler, ofTenant, now));
}

const tenantOf = (message: Read): string => (message.ok ? message.event.tenant : message.unusable.tenant);

async function receive(tx: Tx, handler: LineEventHandler, messages: readonly Read[], now: string): Promise<void> {
  await lockLineEvents(tx);
  const unusable = messages.flatMap((message) => (message.ok ? [] : [{ ...message.unusable, body: message.payload }]));
  await reject(tx, handler, unusable, now);
  const events = messages.flatMap((message) => (message.ok ? [message.event] : []));
  const { fresh, conflicting } = await claimLineEvents(tx, events);
  await reject(
    tx,
    handler,
    conflicting.map((event) =>
      rejectionOf(event, 'this id came before with another body: send each event under an id of its own'),
    ),
    now,
  );
  const own = fresh.filter(({ kind }) => ownerOfKind(kind) === handler.service);
  const isAhead = (event: LineEvent) => liesAhead(happenedAt(event).at, now);
  await unclaimAndReject(
    tx,
    handler,
    own.filter(isAhead).map((event) => rejectionOf(event, `${happenedAt(event).field}: must not lie in the future`)),
    now,
  );
  await applyLineEvents(
    tx,
    handler,
    own.filter((event) => !isAhead(event)).map((event) => ({ event, received_at: now })),
    now,
  );
}
