import { RateLimiterMemory } from 'rate-limiter-flexible';
import { Problem } from '@plantops/contracts';

/** Requests a second: of one tenant, and of one address without a valid token. */
const TENANT_PER_SECOND = 600;
const ADDRESS_PER_SECOND = 100;

export type LimitRate = {
  readonly tenant: (tenant: string) => Promise<void>;
  /** Counts a request of an address without a valid token. */
  readonly address: (address: string) => Promise<void>;
  /** Refuses an address that has reached its limit, before any lookup for it. */
  readonly stranger: (address: string) => Promise<void>;
};

const limiter = (points: number, whose: string) => {
  const counter = new RateLimiterMemory({ points, duration: 1 });
  const refuse = () => {
    throw new Problem(
      'too_many_requests',
      `more than ${points} requests a second ${whose}: slow down and try again in a second`,
    );
  };
  const count = async (key: string) => void (await counter.consume(key).catch(refuse));
  const look = async (key: string) => {
    if (((await counter.get(key))?.remainingPoints ?? points) <= 0) refuse();
  };
  return { count, look };
};

export const rateLimits = (on: boolean): LimitRate => {
  const nobody = async () => {};
  if (!on) return { tenant: nobody, address: nobody, stranger: nobody };
  const [tenants, addresses] = [
    limiter(TENANT_PER_SECOND, 'of this tenant'),
    limiter(ADDRESS_PER_SECOND, 'from this address without a valid token'),
  ];
  return { tenant: tenants.count, address: addresses.count, stranger: addresses.look };
};
