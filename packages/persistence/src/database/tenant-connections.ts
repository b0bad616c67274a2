/** The connections of a pool, shared among tenants: no tenant gets all of them, so that the others always find one. */
import { Problem } from '@plantops/contracts';

const WAIT_MS = 5_000;

export function overloaded(): Problem {
  return new Problem('service_unavailable', 'the database is overloaded: try again in a second');
}

type Waiting = { readonly begin: () => void; readonly timer: NodeJS.Timeout };
type Used = { inUse: number; readonly queue: Waiting[] };

export class TenantConnections {
  readonly #most: number;
  readonly #waitMs: number;
  readonly #tenants = new Map<string, Used>();

  /** `most` connections of one tenant at once. Work that waits longer than `waitMs` is refused. */
  constructor(most: number, waitMs = WAIT_MS) {
    this.#most = most;
    this.#waitMs = waitMs;
  }

  /** Runs the work when the tenant has a connection free; throws `service_unavailable` when it waits too long. */
  async with<T>(tenant: string, work: () => Promise<T>): Promise<T> {
    const used = this.#tenants.get(tenant) ?? { inUse: 0, queue: [] };
    this.#tenants.set(tenant, used);
    if (used.inUse < this.#most) used.inUse += 1;
    else await this.#turn(used);
    try {
      return await work();
    } finally {
      const next = used.queue.shift();
      if (next) next.begin();
      else if ((used.inUse -= 1) === 0) this.#tenants.delete(tenant);
    }
  }

  #turn({ queue }: Used): Promise<void> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        queue.splice(queue.indexOf(waiting), 1);
        reject(overloaded());
      }, this.#waitMs);
      const begin = () => {
        clearTimeout(timer);
        resolve();
      };
      const waiting = { begin, timer };
      queue.push(waiting);
    });
  }
}
