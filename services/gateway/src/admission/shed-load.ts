import { Problem } from '@plantops/contracts';
import type { RequestHandler, Response } from 'express';

/** The services do not work on more requests together. More would only wait here until their deadline. */
const MOST_IN_FLIGHT = 1_024;
const LATE_MS = 250;
/** Beyond this delay of the event loop every request is refused. */
const TOO_LATE_MS = 2_000;
/**
 * While the event loop is late, a tenant with at most so many requests in progress is still admitted: it is not the
 * cause.
 */
const FEW = 32;
/** Enough for 600 requests a second of 200 ms each. More would delay each other, and other tenants. */
const MOST_OF_A_TENANT = 128;
/** Bytes of responses that clients have not read yet. They are in memory; a page of a list has at most 768 KiB. */
const MOST_UNREAD = { ofTenant: 24 * 1024 * 1024, ofAll: 64 * 1024 * 1024 };
const READ_WITHIN_MS = 20_000;

/**
 * Refuses requests at once while too many are in progress or the event loop is late all the time. An early refusal
 * costs almost nothing, and the requests in progress finish in time.
 */
export const shedLoad = (lateMs: () => number, { most = MOST_IN_FLIGHT, late = TOO_LATE_MS } = {}): RequestHandler => {
  let inProgress = 0;
  return (_request, response, next) => {
    if (inProgress >= most || lateMs() > late)
      throw new Problem(
        'service_unavailable',
        'the gateway has more requests in progress than it can answer in time: try again in a second',
      );
    inProgress += 1;
    response.once('close', () => (inProgress -= 1));
    next();
  };
};

/** Counts so many bytes of the response until its client has read them. */
export type HoldAnswer = (bytes: number) => void;
export type TakePlace = (tenant: string, response: Response) => HoldAnswer;
type InHand = { requests: number; bytes: number };
const total = (inHand: Iterable<InHand>): number => [...inHand].reduce((sum, { bytes }) => sum + bytes, 0);

/**
 * Counts a request of the tenant until its response ends. Refuses when the tenant has all its places; the same for
 * unread bytes.
 */
export const placesOfTenants = (
  lateMs: () => number,
  { most = MOST_OF_A_TENANT, unread = MOST_UNREAD, few = FEW } = {},
): TakePlace => {
  const tenants = new Map<string, InHand>();
  return (tenant, response) => {
    const own = tenants.get(tenant) ?? { requests: 0, bytes: 0 };
    if (own.requests >= most || (own.requests >= few && lateMs() > LATE_MS))
      throw new Problem(
        'service_unavailable',
        `${own.requests} requests of this tenant are not answered yet: try again in a second`,
      );
    tenants.set(tenant, own);
    own.requests += 1;
    let held = 0;
    let giveUp: NodeJS.Timeout | undefined;
    response.once('close', () => {
      own.requests -= 1;
      own.bytes -= held;
      clearTimeout(giveUp);
      if (own.requests === 0) tenants.delete(tenant);
    });
    return (bytes) => {
      const more = bytes - held;
      if (own.bytes + more > unread.ofTenant || total(tenants.values()) + more > unread.ofAll)
        throw new Problem(
          'service_unavailable',
          'too many answers have not been read yet: read them, and try again in a second',
        );
      held = bytes;
      own.bytes += more;
      clearTimeout(giveUp);
      giveUp = setTimeout(() => response.destroy(), READ_WITHIN_MS);
    };
  };
};
