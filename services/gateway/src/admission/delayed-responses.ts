import { randomInt } from 'node:crypto';
import { Problem, type ProblemCode } from '@plantops/contracts';
import type { Response } from 'express';
import { RateLimiterMemory } from 'rate-limiter-flexible';

/** A refusal because the sender asks for too much. All refusals of one sender count together. */
export class TooMuch extends Problem {
  readonly sender: string;

  constructor(code: ProblemCode, sender: string, detail: string) {
    super(code, detail);
    this.sender = sender;
  }
}

/** Refusals of one sender that are sent at once in each second. */
const AT_ONCE = 64;
/** Random, so that clients that were refused together do not come back together. */
const HELD_MS = { least: 1_000, most: 3_000 };
/** Of all senders. Beyond this, refusals are sent at once. */
const MOST_HELD = 1_024;

/**
 * A refusal is cheap and is normally sent at once, so that the client can wait or try another gateway. But a client
 * that retries at once on hundreds of connections fills the event loop with refusals, and all others wait. So, beyond
 * some refusals a second, each further refusal to that sender is delayed.
 */
export class Refusals {
  readonly #atOnce: RateLimiterMemory;
  readonly #limits: { readonly heldMs: () => number; readonly mostHeld: number };
  readonly #held = new Set<() => void>();
  #closed = false;

  constructor({ atOnce = AT_ONCE, heldMs = () => randomInt(HELD_MS.least, HELD_MS.most), mostHeld = MOST_HELD } = {}) {
    this.#atOnce = new RateLimiterMemory({ points: atOnce, duration: 1 });
    this.#limits = { heldMs, mostHeld };
  }

  /** Resolves when the refusal may be sent, or when its connection is closed. */
  async turnOf(sender: string, response: Response): Promise<void> {
    if (await this.#atOnce.consume(sender).then(Boolean, () => false)) return;
    if (this.#closed || this.#held.size >= this.#limits.mostHeld) return;
    await new Promise<void>((resolve) => {
      const release = () => {
        clearTimeout(timer);
        this.#held.delete(release);
        resolve();
      };
      const timer = setTimeout(release, this.#limits.heldMs());
      this.#held.add(release);
      response.once('close', release);
    });
  }

  /** Sends all waiting refusals now. */
  close(): void {
    this.#closed = true;
    for (const release of this.#held) release();
  }
}
