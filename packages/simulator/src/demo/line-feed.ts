/** One line of the demo: simulates it and publishes its events with unique ids. */
import { ingestSubject } from '@plantops/contracts';
import type { Logger } from '@plantops/service-kit';
import { v7 as uuidv7 } from 'uuid';
import type { Edge } from '../edge/connect-edge.ts';
import { deliver, type LineMessage } from '../edge/deliver.ts';
import type { Happening } from './happening.rules.ts';
import { live, skipTo, type Line, type LineLife } from './line.rules.ts';

const COUNT_EVERY_MS = 5_000;
/** A longer gap, as when the computer slept or the line had to wait, is skipped and not simulated. */
const LONGEST_GAP_MS = 60_000;
export const MOST_UNSENT = 10_000;

export class LineFeed {
  readonly #edge: Edge;
  readonly #tenant: string;
  readonly #line: Line;
  readonly #logger: Logger;
  readonly #unsent: LineMessage[] = [];
  #life: LineLife;
  #seq = 0;
  #isSending = false;

  constructor(edge: Edge, tenant: string, line: Line, life: LineLife, logger: Logger) {
    this.#edge = edge;
    this.#tenant = tenant;
    this.#line = line;
    this.#life = life;
    this.#logger = logger;
  }

  get line(): string {
    return this.#line.code;
  }

  get unsent(): number {
    return this.#unsent.length;
  }

  /**
   * Simulates the line until now. While too many events wait to be sent, the line stands still, so no event is dropped.
   */
  tick(now: number): void {
    if (this.#unsent.length < MOST_UNSENT) {
      const life = now - this.#life.lived_until > LONGEST_GAP_MS ? skipTo(this.#life, now) : this.#life;
      const lived = live(this.#line, life, now, COUNT_EVERY_MS);
      this.#life = lived.life;
      this.queue(lived.happenings);
    }
    if (!this.#isSending) void this.#send();
  }

  /** Queues events for sending. */
  queue(happenings: readonly Happening[]): void {
    for (const { kind, body } of happenings) {
      const id = uuidv7();
      const event = { id, ...body, source: 'simulator', seq: (this.#seq += 1) };
      this.#unsent.push({
        id,
        subject: ingestSubject(this.#tenant, this.#line.code, kind),
        payload: JSON.stringify(event),
      });
    }
  }

  async #send(): Promise<void> {
    this.#isSending = true;
    try {
      for (let message = this.#unsent[0]; message !== undefined; message = this.#unsent[0]) {
        const receipt = await deliver(this.#edge, message);
        if (!receipt.stored) this.#logger.warn({ subject: message.subject, reason: receipt.reason }, 'refused');
        this.#unsent.shift();
      }
    } catch (error) {
      // The demo is stopping, or the user may not publish: the next tick tries again.
      if (!this.#edge.signal.aborted) this.#logger.warn({ err: error, line: this.#line.code }, 'cannot publish');
    } finally {
      this.#isSending = false;
    }
  }
}
