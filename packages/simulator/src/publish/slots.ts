/** A limit on concurrent work. */
export class Slots {
  readonly #most: number;
  readonly #waiting: (() => void)[] = [];
  #taken = 0;

  constructor(most: number) {
    this.#most = most;
  }

  /** Resolves when a slot is free. */
  async take(): Promise<void> {
    if (this.#taken < this.#most) this.#taken += 1;
    else await new Promise<void>((free) => this.#waiting.push(free));
  }

  /** Gives the slot to the caller that waits longest, if there is one. */
  give(): void {
    const next = this.#waiting.shift();
    if (next === undefined) this.#taken -= 1;
    else next();
  }

  /** Resolves when no slot is in use. Do not call `take` after it. */
  async empty(): Promise<void> {
    for (let slot = 0; slot < this.#most; slot += 1) await this.take();
  }
}
