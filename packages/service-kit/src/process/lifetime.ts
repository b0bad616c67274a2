import type { Logger } from './logger.ts';

/**
 * The open resources of a process. Closes them in reverse order, each within the time that is left until the deadline.
 */
export class Lifetime {
  readonly #open: { name: string; close: () => unknown }[] = [];
  readonly #logger: Logger;
  #closing: Promise<void> | undefined;

  constructor(logger: Logger) {
    this.#logger = logger;
  }

  /** Registers a function that closes a resource. */
  defer(name: string, close: () => unknown): void {
    this.#open.push({ name, close });
  }

  /** Closes every resource once. A resource that does not close in time stays open until the process ends. */
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

/** Returns the result of the work. Rejects when the work takes longer than `ms`; `what` names it in the error. */
export async function within<T>(ms: number, what: string, work: () => Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`${what} took longer than ${ms} ms`)), ms);
  });
  try {
    return await Promise.race([work(), late]);
  } finally {
    clearTimeout(timer);
  }
}
