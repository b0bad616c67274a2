import type { Response } from 'express';
import { resets, writePosition, type Position } from './position.rules.ts';

/** Proxies cut a connection that is silent for a minute. */
const PING_MS = 15_000;
/** A client that reads nothing for this long is disconnected. It can come back and resume. */
const MOST_PATIENCE_MS = 30_000;

/** One listening browser. */
export class LiveClient {
  readonly #response: Response;
  readonly #onClose = new Set<() => void>();
  #position: Position = { events: 0, master: 0 };
  #timer: NodeJS.Timeout | undefined;
  #closed = false;

  constructor(response: Response) {
    this.#response = response;
  }

  open(position: Position, isReset: boolean): void {
    this.#position = position;
    this.#response.writeHead(200, {
      'Content-Type': 'text/event-stream; charset=utf-8',
      'Cache-Control': 'no-cache, no-transform',
      'X-Accel-Buffering': 'no',
    });
    this.#write(`: connected\nid: ${writePosition(this.#position)}\nretry: 2000\n\n`);
    if (isReset) this.#tellToReadAgain(resets.dropped);
  }

  /** Skips to a later place: the client has missed more events than it should read. */
  skipTo(events: number): void {
    this.#position = { ...this.#position, events };
    this.#write(`id: ${writePosition(this.#position)}\n\n`);
    this.#tellToReadAgain(resets.many);
  }

  #tellToReadAgain(detail: string): void {
    this.#write(`event: reset\ndata: ${JSON.stringify({ detail })}\n\n`);
  }

  /** Resolves when the client has read enough for the next event. */
  async send(stream: keyof Position, seq: number, type: string, payload: string): Promise<void> {
    if (this.#closed) return;
    this.#position = { ...this.#position, [stream]: seq };
    // Payloads are JSON on one line, so no line break can end the field.
    this.#write(`id: ${writePosition(this.#position)}\nevent: ${type}\ndata: ${payload}\n\n`);
    if (this.#response.writableNeedDrain) await this.#drained();
  }

  #drained(): Promise<void> {
    return new Promise((resolve) => {
      const tooSlow = setTimeout(() => this.close(), MOST_PATIENCE_MS);
      const go = () => {
        clearTimeout(tooSlow);
        this.#onClose.delete(go);
        resolve();
      };
      this.#response.once('drain', go);
      this.onClose(go);
    });
  }

  /** Sends pings while `check`, called before each, does not reject. */
  every(check: () => Promise<void>): void {
    this.#timer = setInterval(() => {
      this.#write(': ping\n\n');
      check().catch(() => this.close());
    }, PING_MS);
    this.onClose(() => clearInterval(this.#timer));
  }

  onClose(then: () => void): void {
    if (this.#closed) then();
    else this.#onClose.add(then);
  }

  /** Frees the place before any event was sent. */
  giveUp(): void {
    this.#closed = true;
    for (const then of this.#onClose) then();
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    for (const then of this.#onClose) then();
    this.#response.end();
    // A client that does not read would not see the end either.
    if (this.#response.writableLength > 0) this.#response.destroy();
  }

  #write(text: string): void {
    if (!this.#closed) this.#response.write(text);
  }
}
