/** The messages of a session that are not acknowledged yet. The broker's next one waits while there are too many. */
import type { Received } from '../messages/received.ts';

const MOST_MESSAGES = 200;
const MOST_BYTES = 4 * 1024 * 1024;

export class Inbound {
  #messages: Received[] = [];
  #bytes = 0;
  #next: (() => void) | undefined;
  #wake = () => {};

  /** Adds a message. `next` is called when there is room for the one after it. */
  add(message: Received, next: () => void): void {
    this.#messages.push(message);
    this.#bytes += message.payload.length;
    this.#wake();
    if (this.#isFull()) this.#next = next;
    else next();
  }

  /** Takes all messages; waits for the first. None: the session was closed. */
  async take(isClosed: () => boolean): Promise<Received[]> {
    while (this.#messages.length === 0 && !isClosed()) await new Promise<void>((resolve) => (this.#wake = resolve));
    const taken = this.#messages;
    this.#messages = [];
    this.#bytes = 0;
    const next = this.#next;
    this.#next = undefined;
    next?.();
    return taken;
  }

  /**
   * The connection is lost: the broker delivers again what it waits to be acknowledged for. Other messages would be lost.
   */
  lost(): void {
    this.#messages = this.#messages.filter(({ packetId }) => packetId === null);
    this.#bytes = this.#messages.reduce((sum, { payload }) => sum + payload.length, 0);
    this.#next = undefined;
  }

  wake(): void {
    this.#wake();
  }

  #isFull(): boolean {
    return this.#messages.length >= MOST_MESSAGES || this.#bytes >= MOST_BYTES;
  }
}
