/** Brings one message into its stream, once, however often it has to be sent. */
import { createHash } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { ErrorCode, NatsError } from 'nats';
import type { Edge } from './connect-edge.ts';

/** A line event on its way. */
export type LineMessage = { readonly id: string; readonly subject: string; readonly payload: string };
export type Receipt =
  | { readonly stored: true; /** The broker had it before it was sent for the first time. */ readonly duplicate: boolean }
  | { readonly stored: false; readonly reason: string };

const ATTEMPT_MS = 2_000;
const AGAIN_MS = 250;

/**
 * Sends a message until the broker has acknowledged or refused it. No answer means that it may have been stored or not, so the
 * same message goes again under the same id. Rejects when the signal is aborted first or the user may not publish here; then
 * `onTrouble` has heard why each attempt failed.
 */
export const deliver = async (
  edge: Edge,
  { id, subject, payload }: LineMessage,
  onTrouble: (reason: string) => void = () => {},
): Promise<Receipt> => {
  for (let attempt = 1; ; attempt += 1) {
    await edge.online();
    edge.signal.throwIfAborted();
    try {
      const { duplicate } = await edge.jetstream.publish(subject, payload, { msgID: messageId(id, payload), timeout: ATTEMPT_MS });
      // When it was sent before, this may be that very message: its acknowledgement was lost.
      return { stored: true, duplicate: duplicate && attempt === 1 };
    } catch (error) {
      const reason = refusalOf(error, subject);
      if (reason !== undefined) return { stored: false, reason };
      onTrouble(troubleOf(error));
    }
    await delay(AGAIN_MS);
  }
};

/**
 * What the broker knows a message by: the event's id and its content. Under the id alone it would swallow, for as long as it
 * remembers, an event that was rejected and is sent again mended.
 */
const messageId = (id: string, payload: string): string => `${id}:${createHash('sha256').update(payload).digest('base64url').slice(0, 16)}`;

/** Why the broker will never take this message; undefined when it may later. */
const refusalOf = (error: unknown, subject: string): string | undefined => {
  if (!(error instanceof NatsError)) return undefined;
  if (error.isPermissionError())
    throw new Error(`This NATS user may not publish on ${subject}: use the edge user of that tenant, as ready.json has it.`);
  if (error.code === ErrorCode.MaxPayloadExceeded) return 'it is larger than the largest message the NATS server takes';
  // 5xx: the stream is full or not up yet, which passes.
  if (error.api_error !== undefined && error.api_error.code < 500) return `the broker refuses it: ${error.api_error.description}`;
  return undefined;
};

const troubleOf = (error: unknown): string => {
  if (!(error instanceof NatsError)) return String(error);
  if (error.api_error !== undefined) return error.api_error.description;
  if (error.code === ErrorCode.NoResponders) return 'no stream takes this subject: is the tenant provisioned, and JetStream up?';
  return error.code === ErrorCode.Timeout ? 'no acknowledgement in time' : error.message;
};
