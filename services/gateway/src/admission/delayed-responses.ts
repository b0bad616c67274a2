import { randomInt } from 'node:crypto';
import { Problem, type ProblemCode } from '@plantops/contracts';
import type { Response } from 'express';
import { RateLimiterMemory } from 'rate-limiter-flexible';

/** Refused because its sender asks for too much; what is refused of one sender counts together. */
export class TooMuch extends Problem {
  readonly sender: string;

  constructor(code: ProblemCode, sender: string, detail: string) {
    super(code, detail);
    this.sender = sender;
  }
}

/** Refusals of one sender in a second that are said at once. */
const AT_ONCE = 64;
/** Not the same for all: those that were refused together would come again together. */
const HELD_MS = { least: 1_000, most: 3_000 };
/** Of all senders; one more is said at once. */
const MOST_HELD = 1_024;

/**
 * A refusal costs little and is said at once, so that whoever hears it can wait, or ask another gateway. But who asks again at once, from
 * hundreds of connections, keeps the event loop busy with refusals while everybody else waits for a turn of it. Beyond so many in a second
 * a refusal is held for a while, and its sender with it.
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

  /** Resolves when the refusal may be said, or nobody is there any more to hear it. */
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

  /** Says all that are held: nothing is to wait for them. */
  close(): void {
    this.#closed = true;
    for (const release of this.#held) release();
  }
}
