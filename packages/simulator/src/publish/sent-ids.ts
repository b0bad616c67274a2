/** Remembers which events were sent, so that PlantOps' rejections of other publishers' events are not counted here. */
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

  /** Whether an event may be one of those: where some had to be forgotten, a stranger cannot be told from them. */
  mayHold(id: string): boolean {
    return this.#hasForgotten || this.#ids.has(id);
  }
}
