import { Problem } from '@plantops/contracts';
import type { Middleware } from './handler.ts';

type Limits = { readonly running: number; readonly waiting: number };
type Waiting = { readonly begin: () => void; readonly refuse: () => void };

/**
 * Lets at most `running` requests run and `waiting` wait; the next one is refused at once, so that memory stays
 * bounded. Tenants take turns, so a tenant that sends many requests waits behind its own. When the queue is full and
 * another tenant needs a place, the last request of the tenant with the most waiting requests is refused.
 */
export function limitInFlight({ running, waiting }: Limits): Middleware {
  let active = 0;
  const queues = new Queues();
  return (next) => async (request) => {
    const { call, operation } = request;
    const problem = () =>
      new Problem(
        'service_unavailable',
        `${operation.service} is handling ${running + waiting} requests, its limit: try again in a second`,
      );
    if (active >= running) {
      if (queues.length >= waiting && !queues.makeRoomFor(call.tenant)) throw problem();
      await new Promise<void>((resolve, reject) =>
        queues.add(call.tenant, { begin: resolve, refuse: () => reject(problem()) }),
      );
    } else {
      active += 1;
    }
    try {
      return await next(request);
    } finally {
      const following = queues.next();
      if (following) following.begin();
      else active -= 1;
    }
  };
}

/** A queue of waiting requests for each tenant, ordered by turn: the first tenant is next. */
class Queues {
  readonly #queues = new Map<string, Waiting[]>();
  length = 0;

  add(tenant: string, waiting: Waiting): void {
    const queue = this.#queues.get(tenant);
    if (queue === undefined) this.#queues.set(tenant, [waiting]);
    else queue.push(waiting);
    this.length += 1;
  }

  next(): Waiting | undefined {
    const [first] = this.#queues;
    if (first === undefined) return undefined;
    const [tenant, queue] = first;
    const waiting = queue.shift();
    this.#queues.delete(tenant);
    if (queue.length > 0) this.#queues.set(tenant, queue);
    this.length -= 1;
    return waiting;
  }

  /**
   * Refuses the last request of the longest queue. Returns false when that queue is not longer than this tenant's will
   * be.
   */
  makeRoomFor(tenant: string): boolean {
    const longest = [...this.#queues.values()].reduce<Waiting[]>(
      (one, other) => (other.length > one.length ? other : one),
      [],
    );
    if (longest.length <= (this.#queues.get(tenant)?.length ?? 0) + 1) return false;
    longest.pop()?.refuse();
    this.length -= 1;
    return true;
  }
}
