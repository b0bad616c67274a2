import type { Response } from 'express';
import type { CloudEvent } from '@plantops/contracts';
import { writePosition, type Position } from './position.rules.ts';

/** Proxies cut a connection that is silent for a minute. */
const PING_MS = 15_000;
/** A client that reads slower than its plant happens is let go: it comes back and resumes. */
const MOST_UNREAD_BYTES = 1024 * 1024;

/** One browser that listens. */
export class LiveClient {
  readonly #response: Response;
  readonly #onClose: (() => void)[] = [];
  #position: Position;
  #timer: NodeJS.Timeout | undefined;
  #closed = false;

  constructor(response: Response, position: Position) {
    this.#response = response;
    this.#position = position;
  }

  get position(): Position {
    return this.#position;
  }

  open(isReset: boolean): void {
    this.#response.writeHead(200, {
      'Content-Type': 'text/event-stream; charset=utf-8',
      'Cache-Control': 'no-cache, no-transform',
      'X-Accel-Buffering': 'no',
    });
    this.#write(`: connected\nid: ${writePosition(this.#position)}\nretry: 2000\n\n`);
    if (isReset)
      this.#write(`event: reset\ndata: ${JSON.stringify({ detail: 'the events since then are no longer kept: read anew' })}\n\n`);
  }

  send(stream: keyof Position, seq: number, payload: string): void {
    if (this.#closed) return;
    this.#position = { ...this.#position, [stream]: seq };
    const { type } = JSON.parse(payload) as CloudEvent;
    // Payloads are JSON on one line: no line break can end the field.
    this.#write(`id: ${writePosition(this.#position)}\nevent: ${type}\ndata: ${payload}\n\n`);
    if (this.#response.writableLength > MOST_UNREAD_BYTES) this.close();
  }

  /** Keeps the connection alive for as long as the check, made at every ping, does not reject. */
  every(check: () => Promise<void>): void {
    this.#timer = setInterval(() => {
      this.#write(': ping\n\n');
      check().catch(() => this.close());
    }, PING_MS);
    this.onClose(() => clearInterval(this.#timer));
  }

  onClose(then: () => void): void {
    if (this.#closed) then();
    else this.#onClose.push(then);
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    for (const then of this.#onClose) then();
    this.#response.end();
    // Whoever does not read does not see the end either.
    if (this.#response.writableLength > 0) this.#response.destroy();
  }

  #write(text: string): void {
    if (!this.#closed) this.#response.write(text);
  }
}
