/** Ends when messages are on their way and none of them is acknowledged for too long. */
export class Patience {
  readonly #timer: NodeJS.Timeout;
  #onTheirWay = 0;

  constructor(limitMs: number, giveUp: () => void) {
    this.#timer = setTimeout(() => this.#onTheirWay > 0 && giveUp(), limitMs);
  }

  sent(): void {
    // Before the first of them nothing was waited for, however long that lasted.
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
