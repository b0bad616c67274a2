import type { Operation, Problem } from '@plantops/contracts';
import type { Call } from '../call.ts';

/** One request inside the service: the raw body on the way in, the answer's JSON text and version on the way out. */
export type Request = { readonly operation: Operation; readonly call: Call; readonly body: string };
export type Reply = { readonly body: string; readonly version?: number };
/** Every request has one outcome. */
export type Outcome = { readonly ok: true; readonly reply: Reply } | { readonly ok: false; readonly problem: Problem };
export type Handler = (request: Request) => Promise<Reply>;
/** Wraps a handler in one concern. */
export type Middleware = (next: Handler) => Handler;

/** The handler inside the middlewares, the first named outermost. */
export const wrapped = (handler: Handler, middlewares: readonly Middleware[]): Handler =>
  middlewares.reduceRight((next, middleware) => middleware(next), handler);
