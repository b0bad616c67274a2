/** Asks edge nodes for their births: each at most so often, because it needs time to answer. No request is forgotten. */

const EVERY_MS = 10_000;
/** The nodes that are remembered. */
const MOST_NODES = 1_000;

export class Rebirths {
  readonly #ask: (node: string) => void;
  readonly #everyMs: number;
  /** The nodes that were asked less than `everyMs` ago. */
  readonly #asked = new Map<string, NodeJS.Timeout>();
  readonly #again = new Set<string>();

  constructor(ask: (node: string) => void, everyMs = EVERY_MS) {
    this.#ask = ask;
    this.#everyMs = everyMs;
  }

  /** Asks a node now, or when it may be asked again. */
  request(node: string): void {
    if (this.#asked.has(node)) this.#again.add(node);
    else if (this.#asked.size < MOST_NODES) this.#askNow(node);
  }

  stop(): void {
    for (const timer of this.#asked.values()) clearTimeout(timer);
    this.#asked.clear();
  }

  #askNow(node: string): void {
    this.#ask(node);
    this.#asked.set(
      node,
      setTimeout(() => {
        this.#asked.delete(node);
        if (this.#again.delete(node)) this.#askNow(node);
      }, this.#everyMs),
    );
  }
}
