/** Remembers the ids that were sent, so that rejections of other publishers' events are not counted here. */
export class SentIds {
  readonly #most: number;
  readonly #ids = new Set<string>();
  #hasForgotten = false;

  constructor(most = 250_000) {
    this.#most = most;
  }

  add(id: string): void {
    this.#ids.add(id);
    if (this.#ids.size <= this.#most) return;
    const [oldest] = this.#ids;
    this.#ids.delete(oldest as string);
    this.#hasForgotten = true;
  }

  /**
   * Whether an event may have been sent. After the oldest ids were forgotten, the answer may be true for others too.
   */
  mayHold(id: string): boolean {
    return this.#hasForgotten || this.#ids.has(id);
  }
}
