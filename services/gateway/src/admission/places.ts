import { Problem } from '@plantops/contracts';
import type { Share } from './limits.ts';

/** Places that callers share. One address or tenant has its share of them at most. */
export class Places {
  readonly #share: Share;
  readonly #what: string;
  readonly #whose: string;
  readonly #taken = new Map<string, number>();
  #all = 0;

  /** The refusals name what takes a place and who has a share: "live streams", "this tenant". */
  constructor(share: Share, what: string, whose: string) {
    this.#share = share;
    this.#what = what;
    this.#whose = whose;
  }

  /** Who has no place left: the caller, or all together. Undefined while the caller can take one. */
  full(caller: string): 'own' | 'all' | undefined {
    if ((this.#taken.get(caller) ?? 0) >= this.#share.ofOne) return 'own';
    return this.#all >= this.#share.all ? 'all' : undefined;
  }

  /**
   * Takes a place. Returns the function that gives it back. Throws `too_many_requests` when the caller has its share,
   * `service_unavailable` when all places are taken.
   */
  take(caller: string): () => void {
    const full = this.full(caller);
    if (full === 'own')
      throw new Problem(
        'too_many_requests',
        `${this.#share.ofOne} ${this.#what} of ${this.#whose} are open: end one, or try again in a second`,
      );
    if (full === 'all')
      throw new Problem(
        'service_unavailable',
        `${this.#share.all} ${this.#what} are open at this gateway: try again in a second`,
      );
    this.#all += 1;
    this.#taken.set(caller, (this.#taken.get(caller) ?? 0) + 1);
    return () => {
      this.#all -= 1;
      const left = (this.#taken.get(caller) ?? 1) - 1;
      if (left === 0) this.#taken.delete(caller);
      else this.#taken.set(caller, left);
    };
  }
}
