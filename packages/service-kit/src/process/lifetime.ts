import type { Logger } from './logger.ts';

/** What has been opened, and how each is closed again: last opened, first closed, each within what is left of the deadline. */
export class Lifetime {
  readonly #open: { name: string; close: () => unknown }[] = [];
  readonly #logger: Logger;
  #closing: Promise<void> | undefined;

  constructor(logger: Logger) {
    this.#logger = logger;
  }

  /** Registers how something is closed. */
  defer(name: string, close: () => unknown): void {
    this.#open.push({ name, close });
  }

  /** Closes everything once. What does not close in time is left to the end of the process. */
  close(deadlineMs = 20_000): Promise<void> {
    this.#closing ??= this.#closeAll(Date.now() + deadlineMs);
    return this.#closing;
  }

  async #closeAll(deadline: number): Promise<void> {
    for (const { name, close } of this.#open.reverse()) {
      const left = Math.max(deadline - Date.now(), 100);
      try {
        await within(left, name, async () => close());
      } catch (error) {
        this.#logger.warn({ err: error, resource: name }, 'did not close');
      }
    }
  }
}

/** The promise's outcome, or a rejection when it takes longer than `ms`. */
export const within = async <T>(ms: number, what: string, work: () => Promise<T>): Promise<T> => {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`${what} took longer than ${ms} ms`)), ms);
  });
  try {
    return await Promise.race([work(), late]);
  } finally {
    clearTimeout(timer);
  }
};
