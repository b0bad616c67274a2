import { Problem } from '@plantops/contracts';

/** Tickets that are remembered. None is forgotten before it expires; beyond this, tickets are refused. */
const MOST = 10_000;
const MOST_OF_TENANT = 500;

/** The tickets that were used, by their ids, each as long as it could be used again. */
export class UsedTickets {
  /** In the order of their use, which is that of their end. */
  readonly #used = new Map<string, { readonly tenant: string; readonly until: number }>();
  readonly #validMs: number;

  /** `validMs`: how long a ticket may be valid after its use, at most. */
  constructor(validMs: number) {
    this.#validMs = validMs;
  }

  get size(): number {
    return this.#used.size;
  }

  /** Returns whether this is its first use. Throws `too_many_requests` or `service_unavailable` beyond the limits. */
  use(tenant: string, id: string, now: number): boolean {
    this.#forget(now);
    if (this.#used.has(id)) return false;
    const ofTenant = [...this.#used.values()].filter((one) => one.tenant === tenant).length;
    if (ofTenant >= MOST_OF_TENANT)
      throw new Problem(
        'too_many_requests',
        `this tenant opened ${MOST_OF_TENANT} live streams by ticket within a minute: open fewer`,
      );
    if (this.#used.size >= MOST)
      throw new Problem('service_unavailable', `${MOST} tickets were used within a minute: try again in a minute`);
    this.#used.set(id, { tenant, until: now + this.#validMs });
    return true;
  }

  #forget(now: number): void {
    for (const [id, { until }] of this.#used) {
      if (until > now) return;
      this.#used.delete(id);
    }
  }
}
