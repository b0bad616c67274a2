/** The outbox: what is announced is written in the same transaction as the rows it tells of, and published by the relay afterwards. */
import { eventSubject, Problem, type CloudEvent, type EventContract } from '@plantops/contracts';
import { v7 as uuidv7 } from 'uuid';
import type { z } from 'zod';
import type { Tx } from '../database/tx.ts';

/** Less than the streams take (256 KiB), headers included. */
const MOST_BYTES = 250 * 1024;

/** Who and what caused an announcement. */
export type Cause = { readonly actor: string; readonly traceparent?: string };
/** An event, the row it is about, and, where announcements of several causes go out together, its own cause. */
export type Announcement = { readonly event: EventContract; readonly data: object; readonly rowId: string; readonly cause?: Cause };

/** One announcement, with its data checked by the compiler against the contract. */
export const announcement = <D extends z.ZodType>(event: EventContract<D>, data: z.infer<D> & object, rowId: string): Announcement => ({
  event,
  data,
  rowId,
});

/** Puts announcements into the outbox, in order. Take the row's lock first: then those of one row are in the order of their commits. */
export const announce = async (tx: Tx, announcements: readonly Announcement[], cause: Cause, now: string): Promise<void> => {
  await enqueue(
    tx,
    announcements.map(({ event, data, rowId, cause: own = cause }) => {
      const cloudEvent: CloudEvent = {
        specversion: '1.0',
        id: uuidv7(),
        source: `/plantops/${event.service}`,
        type: event.type,
        subject: rowId,
        time: now,
        datacontenttype: 'application/json',
        tenantid: tx.tenant,
        actor: own.actor,
        ...(own.traceparent === undefined ? {} : { traceparent: own.traceparent }),
        data,
      };
      return {
        id: cloudEvent.id,
        subject: eventSubject(event, tx.tenant, rowId),
        payload: JSON.stringify(cloudEvent),
        ...(event.changes ? { rowId, entity: event.type.split('.')[0] } : {}),
      };
    }),
  );
};

/** A message on its way out; one that tells of a row is part of that row's history. */
type Message = {
  readonly id: string;
  readonly subject: string;
  readonly payload: string;
  readonly rowId?: string;
  readonly entity?: string;
};

/** Puts messages into the outbox as they are. */
export const enqueue = async (tx: Tx, messages: readonly Message[]): Promise<void> => {
  if (messages.length === 0) return;
  // One that its stream would refuse for ever must not be promised.
  const tooLarge = messages.find(({ payload }) => Buffer.byteLength(payload) > MOST_BYTES);
  if (tooLarge) throw new Problem('body_too_large', `what this would announce is larger than ${MOST_BYTES} bytes: send shorter texts`);
  await tx.query(
    `insert into outbox (event_id, tenant_id, subject, payload, row_id, entity)
     select event_id, $1, subject, payload, row_id, entity
     from unnest($2::uuid[], $3::text[], $4::text[], $5::uuid[], $6::text[]) with ordinality as m(event_id, subject, payload, row_id, entity, at) order by at`,
    [
      tx.tenant,
      messages.map(({ id }) => id),
      messages.map(({ subject }) => subject),
      messages.map(({ payload }) => payload),
      messages.map(({ rowId }) => rowId ?? null),
      messages.map(({ entity }) => entity ?? null),
    ],
  );
  tx.announced = true;
};
