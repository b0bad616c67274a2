/**
 * The outbox: events are written in the transaction of the rows they are about; the relay publishes them afterwards.
 */
import { eventSubject, Problem, type CloudEvent, type EventContract } from '@plantops/contracts';
import { v7 as uuidv7 } from 'uuid';
import type { z } from 'zod';
import { orderedRecords, sql } from '../database/sql.ts';
import type { Tx } from '../database/tx.ts';

/** Below the limit of the streams (256 KiB), headers included. */
const MOST_BYTES = 250 * 1024;

/** Who and what caused an event. */
export type Cause = { readonly actor: string; readonly traceparent?: string };
/** An event and its row; with its own cause when events of several causes are announced together. */
export type Announcement = {
  readonly event: EventContract;
  readonly data: object;
  readonly rowId: string;
  readonly cause?: Cause;
};

/** One announcement; the compiler checks its data against the contract. */
export const announcement = <D extends z.ZodType>(
  event: EventContract<D>,
  data: z.infer<D> & object,
  rowId: string,
): Announcement => ({
  event,
  data,
  rowId,
});

type Origin = { readonly tenant: string; readonly cause: Cause; readonly now: string };
/** The envelope of a change of a row, with a new id. */
export const cloudEventOf = (
  { service, type }: Pick<EventContract, 'service'> & { readonly type: string },
  data: object,
  rowId: string,
  { tenant, cause, now }: Origin,
): CloudEvent => ({
  specversion: '1.0',
  id: uuidv7(),
  source: `/plantops/${service}`,
  type,
  subject: rowId,
  time: now,
  datacontenttype: 'application/json',
  tenantid: tenant,
  actor: cause.actor,
  ...(cause.traceparent === undefined ? {} : { traceparent: cause.traceparent }),
  data,
});

/**
 * Puts events into the outbox, in order. Lock the row first: then the events of one row are in the order of their
 * commits.
 */
export const announce = async (
  tx: Tx,
  announcements: readonly Announcement[],
  cause: Cause,
  now: string,
): Promise<void> => {
  await enqueue(
    tx,
    announcements.map(({ event, data, rowId, cause: own = cause }) => {
      const cloudEvent = cloudEventOf(event, data, rowId, { tenant: tx.tenant, cause: own, now });
      return {
        id: cloudEvent.id,
        subject: eventSubject(event, tx.tenant, rowId),
        payload: JSON.stringify(cloudEvent),
        ...(event.changes ? { rowId, entity: event.type.split('.')[0] } : {}),
      };
    }),
  );
};

/** A message to be published; with a row, it is part of that row's history. */
type Message = {
  readonly id: string;
  readonly subject: string;
  readonly payload: string;
  readonly rowId?: string;
  readonly entity?: string;
};

/** Puts messages into the outbox as they are. Throws `body_too_large`. */
export const enqueue = async (tx: Tx, messages: readonly Message[]): Promise<void> => {
  if (messages.length === 0) return;
  // A message that its stream would refuse for ever must not be stored.
  const tooLarge = messages.find(({ payload }) => Buffer.byteLength(payload) > MOST_BYTES);
  if (tooLarge)
    throw new Problem(
      'body_too_large',
      `the event of this change would be larger than ${MOST_BYTES} bytes: send shorter texts`,
    );
  const rows = messages.map(({ id: event_id, subject, payload, rowId: row_id = null, entity = null }) => ({
    event_id,
    subject,
    payload,
    row_id,
    entity,
  }));
  tx.send(sql`
    insert into outbox (event_id, tenant_id, subject, payload, row_id, entity)
    select event_id, ${tx.tenant}, subject, payload, row_id, entity
    from ${orderedRecords('m', rows, { event_id: 'uuid', subject: 'text', payload: 'text', row_id: 'uuid', entity: 'text' })}
    order by place`);
  tx.announced = true;
};
