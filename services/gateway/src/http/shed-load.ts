import { Problem } from '@plantops/contracts';
import type { RequestHandler } from 'express';

/** More than the services take in hand together: what comes beyond would only wait here until its deadline. */
const MOST_IN_FLIGHT = 1_024;
const LATE_MS = 250;

/**
 * Refuses requests at once while the gateway has too many in hand or its event loop is late all the time. A request that is refused early
 * costs next to nothing, and the ones in hand are finished in time.
 */
export const shedLoad = (lateMs: () => number, { most = MOST_IN_FLIGHT, late = LATE_MS } = {}): RequestHandler => {
  let inFlight = 0;
  return (_request, response, next) => {
    if (inFlight >= most || lateMs() > late)
      throw new Problem('service_unavailable', 'the gateway has more in hand than it can answer in time: try again in a second');
    inFlight += 1;
    response.once('close', () => (inFlight -= 1));
    next();
  };
};
