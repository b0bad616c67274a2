/** Plays a tape to a plant in its timing, a hundred times as fast as it happened, as the edge system of the lines does. */
import { setTimeout as delay } from 'node:timers/promises';
import { connect, type NatsConnection } from 'nats';
import type { ReadyFile } from '@plantops/plant';
import type { Tape } from './tape.ts';

export const SPEED = 100;

export class Player {
  readonly #connection: NatsConnection;
  readonly #tenant: string;
  readonly #tape: Tape;
  #next = 0;
  #marks = 0;

  private constructor(connection: NatsConnection, tenant: string, tape: Tape) {
    this.#connection = connection;
    this.#tenant = tenant;
    this.#tape = tape;
  }

  static async connect({ nats_url, tenants }: ReadyFile, tenant: string, tape: Tape): Promise<Player> {
    const { user = '', password: pass = '' } = tenants[tenant]?.edge ?? {};
    return new Player(await connect({ servers: new URL(nats_url).host, user, pass }), tenant, tape);
  }

  /** Publishes all events up to an instant of the tape, each at its time. */
  async playUntil(from: number, until: number): Promise<void> {
    const began = performance.now();
    for (
      let event = this.#tape[this.#next];
      event !== undefined && event.sentAt <= until;
      event = this.#tape[this.#next]
    ) {
      const ahead = (event.sentAt - from) / SPEED - (performance.now() - began);
      if (ahead > 1) await delay(ahead);
      await this.publish(event);
      this.#next += 1;
    }
    await delay(Math.max(0, (until - from) / SPEED - (performance.now() - began)));
  }

  /**
   * Publishes an event of an unknown line. Events are consumed in order, so when this one was received, all before it
   * were applied.
   */
  async mark(): Promise<string> {
    const id = `mark/${(this.#marks += 1)}`;
    await this.publish({ line: 'NOWHERE', kind: 'count', body: { id, at: new Date().toISOString(), good: 0 } });
    return id;
  }

  /** Publishes an event that is not on the tape. */
  async publish({ line, kind, body }: Pick<Tape[number], 'line' | 'kind' | 'body'>): Promise<void> {
    const payload = JSON.stringify({ backfill: true, ...body });
    await this.#connection.jetstream().publish(`plantops.ingest.${this.#tenant}.${line}.${kind}`, payload);
  }

  close(): Promise<void> {
    return this.#connection.close();
  }
}
