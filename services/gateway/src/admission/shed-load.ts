import { Problem } from '@plantops/contracts';
import type { RequestHandler, Response } from 'express';
import { TooMuch } from './delayed-responses.ts';

/** More than the services take in hand together: what comes beyond would only wait here until its deadline. */
const MOST_IN_FLIGHT = 1_024;
const LATE_MS = 250;
/** So late that nobody is let in. */
const TOO_LATE_MS = 2_000;
/** While it is late a tenant that has so few in hand goes on being answered: it is not the one that asks for too much. */
const FEW = 32;
/** Enough for 600 requests a second that take 200 ms each; more would wait for each other, and other tenants for all of them. */
const MOST_OF_A_TENANT = 128;
/** Bytes of answers that their clients have not read. They stand in memory; a page of a list has at most 768 KiB. */
const MOST_UNREAD = { ofTenant: 24 * 1024 * 1024, ofAll: 64 * 1024 * 1024 };
const READ_WITHIN_MS = 20_000;

export type ShedLoad = {
  readonly enter: RequestHandler;
  /** It is refused, and in nobody's way while it waits to hear so. */
  readonly setAside: (response: Response) => void;
};

/**
 * Refuses requests at once while the gateway has too many in hand or its event loop is late all the time. A request that is refused early
 * costs next to nothing, and the ones in hand are finished in time.
 */
export const shedLoad = (lateMs: () => number, { most = MOST_IN_FLIGHT, late = TOO_LATE_MS } = {}): ShedLoad => {
  const inHand = new Set<Response>();
  const setAside = (response: Response) => void inHand.delete(response);
  return {
    enter: (_request, response, next) => {
      if (inHand.size >= most || lateMs() > late)
        throw new Problem('service_unavailable', 'the gateway has more in hand than it can answer in time: try again in a second');
      inHand.add(response);
      response.once('close', () => setAside(response));
      next();
    },
    setAside,
  };
};

/** Holds so many bytes of the answer until its client has read them. */
export type HoldAnswer = (bytes: number) => void;
export type TakePlace = (tenant: string, response: Response) => HoldAnswer;
type InHand = { requests: number; bytes: number };
const total = (inHand: Iterable<InHand>): number => [...inHand].reduce((sum, { bytes }) => sum + bytes, 0);

/** Holds a place of the tenant's until the response is over, or refuses when it has all of them; the same for what is not read yet. */
export const placesOfTenants = (lateMs: () => number, { most = MOST_OF_A_TENANT, unread = MOST_UNREAD, few = FEW } = {}): TakePlace => {
  const tenants = new Map<string, InHand>();
  return (tenant, response) => {
    const own = tenants.get(tenant) ?? { requests: 0, bytes: 0 };
    if (own.requests >= most || (own.requests >= few && lateMs() > LATE_MS))
      throw new TooMuch(
        'service_unavailable',
        tenant,
        `${own.requests} requests of this tenant are not answered yet: try again in a second`,
      );
    tenants.set(tenant, own);
    own.requests += 1;
    let held = 0;
    response.once('close', () => {
      own.requests -= 1;
      own.bytes -= held;
      if (own.requests === 0) tenants.delete(tenant);
    });
    return (bytes) => {
      if (own.bytes + bytes > unread.ofTenant || total(tenants.values()) + bytes > unread.ofAll)
        throw new TooMuch('service_unavailable', tenant, 'too many answers have not been read yet: read them, and try again in a second');
      held = bytes;
      own.bytes += bytes;
      const giveUp = setTimeout(() => response.destroy(), READ_WITHIN_MS);
      response.once('close', () => clearTimeout(giveUp));
    };
  };
};
