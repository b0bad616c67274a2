import { Problem } from '@plantops/contracts';
import type { Middleware } from './handler.ts';

/** Refuses a request whose deadline has passed: a request that waited in a queue must not take effect minutes later. */
export const keepDeadline: Middleware = (next) => async (request) => {
  if (request.call.deadline <= Date.now())
    throw new Problem(
      'service_unavailable',
      'the deadline passed before the work began and nothing was done: send the request again',
    );
  return next(request);
};
