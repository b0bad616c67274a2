/** Whether a database answers: lost by the first error of a connection, found again by asking until it does. */

const ASK_EVERY_MS = 500;

export class Presence {
  readonly #ask: () => Promise<void>;
  readonly #listeners = new Set<(isThere: boolean) => void>();
  #isThere = true;
  #asking: NodeJS.Timeout | undefined;
  #isOver = false;
  #isDoubted = false;

  /** `ask` rejects while the database is away. */
  constructor(ask: () => Promise<void>) {
    this.#ask = ask;
  }

  get isThere(): boolean {
    return this.#isThere;
  }

  /** Calls the listener whenever it goes away or is back. Returns how to stop it. */
  onChange(listener: (isThere: boolean) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** Nothing came for a while: it may be away, or have too much to do. */
  doubt(): void {
    if (!this.#isThere || this.#isOver || this.#isDoubted) return;
    this.#isDoubted = true;
    this.#ask()
      .catch(() => this.lost())
      .finally(() => (this.#isDoubted = false));
  }

  /** An error has said that it is away. */
  lost(): void {
    if (!this.#isThere || this.#isOver) return;
    this.#tell(false);
    this.#askLater();
  }

  end(): void {
    this.#isOver = true;
    clearTimeout(this.#asking);
  }

  #tell(isThere: boolean): void {
    this.#isThere = isThere;
    for (const listener of this.#listeners) listener(isThere);
  }

  #askLater(): void {
    this.#asking = setTimeout(() => {
      this.#ask().then(
        () => (this.#isOver ? undefined : this.#tell(true)),
        () => (this.#isOver ? undefined : this.#askLater()),
      );
    }, ASK_EVERY_MS);
  }
}
