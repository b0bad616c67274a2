import { setTimeout as delay } from 'node:timers/promises';
import { Problem } from '@plantops/contracts';
import type { Logger } from '@plantops/service-kit';

/** Unknown tenants make it ask at most this often, all together. They wait for the answer. */
const ASK_EVERY_MS = 1_000;

/**
 * The tenants of this plant: those that have streams. Services would store the rows of another tenant and never consume
 * their events.
 */
export class KnownTenants {
  readonly #list: () => Promise<readonly string[]>;
  readonly #logger: Logger;
  #known: ReadonlySet<string> | undefined;
  readonly #pause: (ms: number) => Promise<unknown>;
  #next: Promise<boolean> | undefined;
  #last: Promise<boolean> | undefined;
  #mayAskAt = 0;
  #hasFailed = false;

  constructor(list: () => Promise<readonly string[]>, logger: Logger, pause: (ms: number) => Promise<unknown> = delay) {
    this.#list = list;
    this.#logger = logger;
    this.#pause = pause;
  }

  /**
   * Throws `unknown_tenant` if the plant does not have the tenant. Asks NATS again for one that it does not know: it may
   * have been added. While NATS does not answer, known tenants are accepted and others get `service_unavailable`. If
   * NATS has never answered, all are accepted, because the gateway's user may lack the permission. Returns whether the
   * tenant is there for sure.
   */
  async require(tenant: string): Promise<boolean> {
    if (this.#known?.has(tenant)) return true;
    // Nobody waits for a NATS that has not answered at all: the answer is found out beside.
    if (this.#known === undefined && this.#hasFailed) {
      void this.#ask();
      return false;
    }
    const isAnswered = await this.#ask();
    if (this.#known === undefined) return false;
    if (this.#known.has(tenant)) return true;
    if (!isAnswered)
      throw new Problem(
        'service_unavailable',
        `NATS does not answer whether there is a tenant ${tenant}: try again in a few seconds`,
      );
    throw new Problem(
      'unknown_tenant',
      `this plant has no tenant ${tenant}: add it with \`pnpm run tenant add ${tenant}\``,
    );
  }

  /** Asks NATS, for all requests that wait for it. Returns whether it answered. */
  #ask(): Promise<boolean> {
    this.#next ??= this.#inTurn();
    return this.#next;
  }

  async #inTurn(): Promise<boolean> {
    await Promise.all([this.#pause(Math.max(0, this.#mayAskAt - performance.now())), this.#last]);
    // A tenant may be added while NATS answers, so a request that comes now waits for the next answer.
    this.#next = undefined;
    this.#mayAskAt = performance.now() + ASK_EVERY_MS;
    this.#last = this.#listed();
    return this.#last;
  }

  async #listed(): Promise<boolean> {
    try {
      this.#known = new Set(await this.#list());
      return true;
    } catch (error) {
      this.#hasFailed = true;
      this.#logger.warn(
        { reason: String(error) },
        'the tenants could not be listed: tokens and keys of new tenants are not checked',
      );
      return false;
    }
  }
}
