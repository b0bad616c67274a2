import { setTimeout as delay } from 'node:timers/promises';
import { RateLimiterMemory } from 'rate-limiter-flexible';
import { Problem } from '@plantops/contracts';

/** Requests a second: of one tenant, and of one address without a valid token. */
const TENANT_PER_SECOND = 600;
const ADDRESS_PER_SECOND = 100;

/** A refused address gets its answer so much later: one that asks again at once costs little then. */
const PAUSE_MS = 1_000;
/** Half of the requests that the gateway works on together; more are refused at once. */
const MOST_HELD = 512;

export type LimitRate = {
  readonly tenant: (tenant: string) => Promise<void>;
  /** Counts a request of an address without a valid token. */
  readonly address: (address: string) => Promise<void>;
  /** Refuses an address that has reached its limit, before any lookup for it. */
  readonly stranger: (address: string) => Promise<void>;
};

const limiter = (points: number, whose: string, before: () => Promise<void> = async () => {}) => {
  const counter = new RateLimiterMemory({ points, duration: 1 });
  const refuse = async () => {
    await before();
    throw new Problem(
      'too_many_requests',
      `more than ${points} requests a second ${whose}: slow down and try again in a second`,
    );
  };
  const count = async (key: string) => void (await counter.consume(key).catch(refuse));
  const look = async (key: string) => {
    if (((await counter.get(key))?.remainingPoints ?? points) <= 0) await refuse();
  };
  return { count, look };
};

/** Waits before a refusal, while not too many wait. */
function hold(pause: () => Promise<unknown>): () => Promise<void> {
  let held = 0;
  return async () => {
    if (held >= MOST_HELD) return;
    held += 1;
    await pause();
    held -= 1;
  };
}

const aSecond = (): Promise<unknown> => delay(PAUSE_MS, undefined, { ref: false });

export const rateLimits = (on: boolean, pause = aSecond): LimitRate => {
  const nobody = async () => {};
  if (!on) return { tenant: nobody, address: nobody, stranger: nobody };
  const [tenants, addresses] = [
    limiter(TENANT_PER_SECOND, 'of this tenant'),
    limiter(ADDRESS_PER_SECOND, 'from this address without a valid token', hold(pause)),
  ];
  return { tenant: tenants.count, address: addresses.count, stranger: addresses.look };
};
