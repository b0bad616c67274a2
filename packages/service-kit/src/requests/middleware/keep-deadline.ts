import { Problem } from '@plantops/contracts';
import type { Middleware } from './handler.ts';

/** Work whose caller has given up is not begun: a request that waited in a queue must not take effect minutes later. */
export const keepDeadline: Middleware = (next) => async (request) => {
  if (request.call.deadline <= Date.now())
    throw new Problem('service_unavailable', 'the deadline had passed before the work began; nothing was done: send it again');
  return next(request);
};
