/** The connections of a pool, shared among tenants: none has all of them, so that another one's next transaction finds one. */
import { Problem } from '@plantops/contracts';

const WAIT_MS = 5_000;
export const busy = (): Problem =>
  new Problem('service_unavailable', 'more is asked of the database than it can answer in time: try again in a second');

type Waiting = { readonly begin: () => void; readonly timer: NodeJS.Timeout };
type Share = { taken: number; readonly line: Waiting[] };

export class Shares {
  readonly #most: number;
  readonly #waitMs: number;
  readonly #shares = new Map<string, Share>();

  /** At most so many of one tenant at once; who has waited for too long is refused. */
  constructor(most: number, waitMs = WAIT_MS) {
    this.#most = most;
    this.#waitMs = waitMs;
  }

  async with<T>(tenant: string, work: () => Promise<T>): Promise<T> {
    const share = this.#shares.get(tenant) ?? { taken: 0, line: [] };
    this.#shares.set(tenant, share);
    if (share.taken < this.#most) share.taken += 1;
    else await this.#turn(share);
    try {
      return await work();
    } finally {
      const next = share.line.shift();
      if (next) next.begin();
      else if ((share.taken -= 1) === 0) this.#shares.delete(tenant);
    }
  }

  #turn({ line }: Share): Promise<void> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        line.splice(line.indexOf(waiting), 1);
        reject(busy());
      }, this.#waitMs);
      const begin = () => {
        clearTimeout(timer);
        resolve();
      };
      const waiting = { begin, timer };
      line.push(waiting);
    });
  }
}
