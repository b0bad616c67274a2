import { Problem } from '@plantops/contracts';
import { RateLimiterMemory } from 'rate-limiter-flexible';

/** Requests a second: of one tenant, and of one address that has not said who it is. */
const TENANT_PER_SECOND = 600;
const ADDRESS_PER_SECOND = 100;

export type LimitRate = { readonly tenant: (tenant: string) => Promise<void>; readonly address: (address: string) => Promise<void> };

const limiter = (points: number, whose: string) => {
  const counter = new RateLimiterMemory({ points, duration: 1 });
  return async (key: string) => {
    await counter.consume(key).catch(() => {
      throw new Problem('too_many_requests', `more than ${points} requests a second ${whose}: slow down and try again in a second`);
    });
  };
};

export const rateLimits = (on: boolean): LimitRate =>
  on
    ? {
        tenant: limiter(TENANT_PER_SECOND, 'of this tenant'),
        address: limiter(ADDRESS_PER_SECOND, 'from this address without a valid token'),
      }
    : { tenant: async () => {}, address: async () => {} };
