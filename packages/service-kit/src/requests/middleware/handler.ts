import type { Operation, Problem } from '@plantops/contracts';
import type { Call } from '../call.ts';

/** A request inside the service, with its body as it was received. */
export type Request = { readonly operation: Operation; readonly call: Call; readonly body: string };
/**
 * The answer as JSON text, the version of the row, which becomes its ETag, and whether it was given before, for the same
 * Idempotency-Key.
 */
export type Reply = { readonly body: string; readonly version?: number; readonly isReplayed?: boolean };
/** The result of a request: an answer or a problem. */
export type Outcome = { readonly ok: true; readonly reply: Reply } | { readonly ok: false; readonly problem: Problem };
export type Handler = (request: Request) => Promise<Reply>;
/** Adds one check or limit to a handler. */
export type Middleware = (next: Handler) => Handler;

/** Wraps the handler in the middlewares. The first one runs first. */
export const wrapped = (handler: Handler, middlewares: readonly Middleware[]): Handler =>
  middlewares.reduceRight((next, middleware) => middleware(next), handler);
