import { Problem } from '@plantops/contracts';
import type { RequestHandler, Response } from 'express';

/** More than the services take in hand together: what comes beyond would only wait here until its deadline. */
const MOST_IN_FLIGHT = 1_024;
const LATE_MS = 250;
/** Half of them: whatever one tenant sends, others find the gateway open. */
const MOST_OF_A_TENANT = 512;

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

export type TakePlace = (tenant: string, response: Response) => void;
/** Holds a place of the tenant's until the response is over, or refuses when it has all of them. */
export const placesOfTenants = (most = MOST_OF_A_TENANT): TakePlace => {
  const inFlight = new Map<string, number>();
  return (tenant, response) => {
    const taken = inFlight.get(tenant) ?? 0;
    if (taken >= most)
      throw new Problem('service_unavailable', `${most} requests of this tenant are not answered yet: try again in a second`);
    inFlight.set(tenant, taken + 1);
    response.once('close', () => {
      const left = (inFlight.get(tenant) ?? 0) - 1;
      if (left > 0) inFlight.set(tenant, left);
      else inFlight.delete(tenant);
    });
  };
};
