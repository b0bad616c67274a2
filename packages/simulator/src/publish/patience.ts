/** A timer that gives up when messages were sent and none of them is acknowledged for too long. */
export class Patience {
  readonly #timer: NodeJS.Timeout;
  #onTheirWay = 0;

  constructor(limitMs: number, giveUp: () => void) {
    this.#timer = setTimeout(() => this.#onTheirWay > 0 && giveUp(), limitMs);
  }

  sent(): void {
    // The time before the first message does not count.
    if (this.#onTheirWay === 0) this.#timer.refresh();
    this.#onTheirWay += 1;
  }

  answered(): void {
    this.#onTheirWay -= 1;
    this.#timer.refresh();
  }

  end(): void {
    clearTimeout(this.#timer);
  }
}
