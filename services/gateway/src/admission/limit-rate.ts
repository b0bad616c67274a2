import { setTimeout as delay } from 'node:timers/promises';
import { RateLimiterMemory } from 'rate-limiter-flexible';
import { Problem } from '@plantops/contracts';
import { PER_SECOND, SHARES } from './limits.ts';
import { Places } from './places.ts';

/** A refused address gets its answer so much later: one that asks again at once costs little then. */
const PAUSE_MS = 1_000;

export type LimitRate = {
  readonly tenant: (tenant: string) => Promise<void>;
  /** Counts a request of an address without a valid token. */
  readonly address: (address: string) => Promise<void>;
  /** Refuses an address that has reached its limit, before any check for it. */
  readonly stranger: (address: string) => Promise<void>;
  /** Counts the look-up of a key that an address has sent and that is not known. */
  readonly keyLookup: (address: string) => Promise<void>;
};

const limiter = (points: number, whose: string, before: (key: string) => Promise<void> = async () => {}) => {
  const counter = new RateLimiterMemory({ points, duration: 1 });
  const refuse = async (key: string) => {
    await before(key);
    throw new Problem(
      'too_many_requests',
      `more than ${points} requests a second ${whose}: slow down and try again in a second`,
    );
  };
  const count = async (key: string) => void (await counter.consume(key).catch(() => refuse(key)));
  const look = async (key: string) => {
    if (((await counter.get(key))?.remainingPoints ?? points) <= 0) await refuse(key);
  };
  return { count, look };
};

/** Waits before a refusal, while not too many wait. */
function hold(pause: () => Promise<unknown>): (address: string) => Promise<void> {
  const held = new Places(SHARES.heldRefusals, 'refusals', 'this address');
  return async (address) => {
    if (held.full(address) !== undefined) return;
    const leave = held.take(address);
    await pause();
    leave();
  };
}

const aSecond = (): Promise<unknown> => delay(PAUSE_MS, undefined, { ref: false });

export const rateLimits = (on: boolean, pause = aSecond): LimitRate => {
  const nobody = async () => {};
  if (!on) return { tenant: nobody, address: nobody, stranger: nobody, keyLookup: nobody };
  const before = hold(pause);
  const tenants = limiter(PER_SECOND.tenant, 'of this tenant');
  const addresses = limiter(PER_SECOND.address, 'from this address without a valid token', before);
  const keyLookups = limiter(PER_SECOND.keyLookups, 'with API keys that are not known, from this address', before);
  return {
    tenant: tenants.count,
    address: addresses.count,
    stranger: addresses.look,
    keyLookup: keyLookups.count,
  };
};
