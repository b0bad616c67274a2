import { Problem } from '@plantops/contracts';
import type { Middleware } from './handler.ts';

type Limits = { readonly running: number; readonly waiting: number };
type Waiting = { readonly begin: () => void; readonly refuse: () => void };

/**
 * At most `running` requests at work and `waiting` in line; the next is refused at once, so that memory stays bounded. Tenants take turns:
 * whoever sends a lot stands behind its own requests, and is the one whose last request is refused when another tenant needs the place.
 */
export const limitInFlight = ({ running, waiting }: Limits): Middleware => {
  let active = 0;
  const lines = new Lines();
  return (next) => async (request) => {
    const { call, operation } = request;
    const refusal = () =>
      new Problem('service_unavailable', `${operation.service} has ${running + waiting} requests in hand: try again in a second`);
    if (active >= running) {
      if (lines.length >= waiting && !lines.makeRoomFor(call.tenant)) throw refusal();
      await new Promise<void>((resolve, reject) => lines.add(call.tenant, { begin: resolve, refuse: () => reject(refusal()) }));
    } else {
      active += 1;
    }
    try {
      return await next(request);
    } finally {
      const following = lines.next();
      if (following) following.begin();
      else active -= 1;
    }
  };
};

/** A line of waiting requests for each tenant; the tenant whose turn is next comes first. */
class Lines {
  readonly #lines = new Map<string, Waiting[]>();
  length = 0;

  add(tenant: string, waiting: Waiting): void {
    const line = this.#lines.get(tenant);
    if (line === undefined) this.#lines.set(tenant, [waiting]);
    else line.push(waiting);
    this.length += 1;
  }

  next(): Waiting | undefined {
    const [first] = this.#lines;
    if (first === undefined) return undefined;
    const [tenant, line] = first;
    const waiting = line.shift();
    this.#lines.delete(tenant);
    if (line.length > 0) this.#lines.set(tenant, line);
    this.length -= 1;
    return waiting;
  }

  /** Refuses the last of the longest line, where that is longer than this tenant's will be. */
  makeRoomFor(tenant: string): boolean {
    const longest = [...this.#lines.values()].reduce<Waiting[]>((one, other) => (other.length > one.length ? other : one), []);
    if (longest.length <= (this.#lines.get(tenant)?.length ?? 0) + 1) return false;
    longest.pop()?.refuse();
    this.length -= 1;
    return true;
  }
}
