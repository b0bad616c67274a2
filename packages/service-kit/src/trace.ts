import { randomBytes } from 'node:crypto';

const TRACEPARENT = /^00-([0-9a-f]{32})-([0-9a-f]{16})-[0-9a-f]{2}$/;

/** A W3C traceparent: the one handed in when it is well-formed, else the start of a new trace. */
export const traceparentOf = (received: string | undefined): string =>
  received !== undefined && TRACEPARENT.test(received)
    ? received
    : `00-${randomBytes(16).toString('hex')}-${randomBytes(8).toString('hex')}-01`;

/** The trace's id: what a person quotes to find every log line of one request. */
export const traceIdOf = (traceparent: string): string => TRACEPARENT.exec(traceparent)?.[1] ?? '';
