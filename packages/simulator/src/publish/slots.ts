/** A limit on how much is done at the same time. */
export class Slots {
  readonly #most: number;
  readonly #waiting: (() => void)[] = [];
  #taken = 0;

  constructor(most: number) {
    this.#most = most;
  }

  /** Resolves when there is room. */
  async take(): Promise<void> {
    if (this.#taken < this.#most) this.#taken += 1;
    else await new Promise<void>((free) => this.#waiting.push(free));
  }

  /** Gives the room back: to who waits longest, if anybody does. */
  give(): void {
    const next = this.#waiting.shift();
    if (next === undefined) this.#taken -= 1;
    else next();
  }

  /** Resolves when nothing is being done any more. Take nothing after calling it. */
  async empty(): Promise<void> {
    for (let slot = 0; slot < this.#most; slot += 1) await this.take();
  }
}
