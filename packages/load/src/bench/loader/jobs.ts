/** What the bench asks of the process that makes the load. */
import type { Tape } from '../../messages.ts';

export type HttpRequest = { readonly method: string; readonly path: string; readonly body?: object };
/** Sends each request once, over so many connections. Sends no more when the time is over. */
export type RequestsJob = {
  readonly kind: 'requests';
  readonly url: string;
  readonly token: string;
  readonly connections: number;
  readonly seconds: number;
  readonly requests: readonly HttpRequest[];
};
export type NatsAccess = { readonly servers: string; readonly user: string; readonly pass: string };
/** Publishes so many messages to a stream and waits for their acknowledgements. */
export type PublishJob = {
  readonly kind: 'line events' | 'readings';
  readonly access: NatsAccess;
  /** What comes before the code of the line in a subject. */
  readonly prefix: string;
  readonly count: number;
  readonly tape: Tape;
};
export type Job = RequestsJob | PublishJob;
/** `ids`: of the rows that were answered, in the order of the requests. */
export type Done = {
  readonly sent: number;
  readonly failed: number;
  readonly seconds: number;
  readonly ids: readonly string[];
};
export type Answer = { readonly done: Done } | { readonly error: string };
