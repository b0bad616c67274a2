/** Whether a database answers: away from the first error of a connection on, until a test query succeeds again. */

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

  /** Calls the listener when the database goes away or is back. Returns how to stop. */
  onChange(listener: (isThere: boolean) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** No connection was free for a while: checks whether the database is away or only overloaded. */
  doubt(): void {
    if (!this.#isThere || this.#isOver || this.#isDoubted) return;
    this.#isDoubted = true;
    this.#ask()
      .catch(() => this.lost())
      .finally(() => (this.#isDoubted = false));
  }

  /** Reports an error of the connection: the database is away. */
  lost(): void {
    if (!this.#isThere || this.#isOver) return;
    this.#set(false);
    this.#askLater();
  }

  end(): void {
    this.#isOver = true;
    clearTimeout(this.#asking);
  }

  #set(isThere: boolean): void {
    this.#isThere = isThere;
    for (const listener of this.#listeners) listener(isThere);
  }

  #askLater(): void {
    this.#asking = setTimeout(() => {
      this.#ask().then(
        () => (this.#isOver ? undefined : this.#set(true)),
        () => (this.#isOver ? undefined : this.#askLater()),
      );
    }, ASK_EVERY_MS);
  }
}
