/** Publishes one message to its stream. It is stored once, also when it is sent several times. */
import { createHash } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { ErrorCode, NatsError } from 'nats';
import type { Edge } from './connect-edge.ts';

/** A line event as a message. */
export type LineMessage = { readonly id: string; readonly subject: string; readonly payload: string };
export type Receipt =
  | {
      readonly stored: true;
      /** The broker had it before it was sent for the first time. */ readonly duplicate: boolean;
    }
  | { readonly stored: false; readonly reason: string };

const ATTEMPT_MS = 2_000;
const AGAIN_MS = 250;

/**
 * Sends a message until the broker has acknowledged or refused it. Without an answer it may have been stored or not, so
 * the same message is sent again with the same id. Rejects when the signal is aborted first, or when the user may not
 * publish here. Calls `onTrouble` with the reason of each failed attempt.
 */
export async function deliver(
  edge: Edge,
  { id, subject, payload }: LineMessage,
  onTrouble: (reason: string) => void = () => {},
): Promise<Receipt> {
  for (let attempt = 1; ; attempt += 1) {
    await edge.online();
    edge.signal.throwIfAborted();
    try {
      const { duplicate } = await edge.jetstream.publish(subject, payload, {
        msgID: messageId(id, payload),
        timeout: ATTEMPT_MS,
      });
      // After an earlier attempt, the duplicate may be this message itself, whose acknowledgement was lost.
      return { stored: true, duplicate: duplicate && attempt === 1 };
    } catch (error) {
      const reason = refusalOf(error, subject);
      if (reason !== undefined) return { stored: false, reason };
      onTrouble(troubleOf(error));
    }
    await delay(AGAIN_MS);
  }
}

/**
 * The id for the broker's de-duplication: the event's id and a hash of its content. With the event's id alone, the
 * broker would drop a rejected event that is corrected and sent again.
 */
const messageId = (id: string, payload: string): string =>
  `${id}:${createHash('sha256').update(payload).digest('base64url').slice(0, 16)}`;

/** Why the broker will never store this message; undefined when it may do so later. */
function refusalOf(error: unknown, subject: string): string | undefined {
  if (!(error instanceof NatsError)) return undefined;
  if (error.isPermissionError())
    throw new Error(
      `This NATS user may not publish on ${subject}: use the edge user of that tenant, as ready.json has it.`,
    );
  if (error.code === ErrorCode.MaxPayloadExceeded)
    return 'it is larger than the largest message that the NATS server accepts';
  // 5xx: the stream is full or not ready yet, which is temporary.
  if (error.api_error !== undefined && error.api_error.code < 500)
    return `the broker refuses it: ${error.api_error.description}`;
  return undefined;
}

function troubleOf(error: unknown): string {
  if (!(error instanceof NatsError)) return String(error);
  if (error.api_error !== undefined) return error.api_error.description;
  if (error.code === ErrorCode.NoResponders)
    return 'no stream stores this subject: is the tenant provisioned, and is JetStream running?';
  return error.code === ErrorCode.Timeout ? 'no acknowledgement in time' : error.message;
}
