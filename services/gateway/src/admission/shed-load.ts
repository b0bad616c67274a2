import { Problem } from '@plantops/contracts';
import type { RequestHandler, Response } from 'express';
import { SHARES } from './limits.ts';

const LATE_MS = 250;
/** Beyond this delay of the event loop every request is refused. */
const TOO_LATE_MS = 2_000;
/**
 * While the event loop is late, a tenant with at most so many requests in progress is still admitted: it is not the
 * cause.
 */
const FEW = 32;
const READ_WITHIN_MS = 20_000;

const tooMany = () =>
  new Problem(
    'service_unavailable',
    'the gateway has more requests in progress than it can answer in time: try again in a second',
  );

/**
 * Refuses requests at once while the event loop is late all the time. An early refusal costs almost nothing, and the
 * requests in progress finish in time.
 */
export const shedLoad =
  (lateMs: () => number, late = TOO_LATE_MS): RequestHandler =>
  (_request, _response, next) => {
    if (lateMs() > late) throw tooMany();
    next();
  };

/** Counts so many bytes of the response until its client has read them. */
export type HoldAnswer = (bytes: number) => void;
export type TakePlace = (tenant: string, response: Response) => HoldAnswer;
type InHand = { requests: number; bytes: number };
const total = (inHand: Iterable<InHand>): number => [...inHand].reduce((sum, { bytes }) => sum + bytes, 0);

/**
 * Counts a request of the tenant until its response ends. Refuses when the tenant has all its places, or all places are
 * taken; the same for unread bytes.
 */
export const placesOfTenants = (
  lateMs: () => number,
  { requests = SHARES.requests, unread = SHARES.unreadBytes, few = FEW } = {},
): TakePlace => {
  const tenants = new Map<string, InHand>();
  let inProgress = 0;
  return (tenant, response) => {
    // Its end was announced already: a place would never become free again.
    if (response.destroyed)
      throw new Problem('service_unavailable', 'the connection was closed before the request began: send it again');
    if (inProgress >= requests.all) throw tooMany();
    const own = tenants.get(tenant) ?? { requests: 0, bytes: 0 };
    if (own.requests >= requests.ofOne || (own.requests >= few && lateMs() > LATE_MS))
      throw new Problem(
        'service_unavailable',
        `${own.requests} requests of this tenant are not answered yet: try again in a second`,
      );
    tenants.set(tenant, own);
    own.requests += 1;
    inProgress += 1;
    let held = 0;
    let giveUp: NodeJS.Timeout | undefined;
    response.once('close', () => {
      own.requests -= 1;
      inProgress -= 1;
      own.bytes -= held;
      clearTimeout(giveUp);
      if (own.requests === 0) tenants.delete(tenant);
    });
    return (bytes) => {
      const more = bytes - held;
      if (own.bytes + more > unread.ofOne || total(tenants.values()) + more > unread.all)
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
