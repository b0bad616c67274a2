/** Plays a tape to a plant by the clock, sixty times as fast as it happened, as the lines' own edge system would. */
import { setTimeout as delay } from 'node:timers/promises';
import { connect, type NatsConnection } from 'nats';
import type { ReadyFile } from '@plantops/plant';
import type { Tape } from './tape.ts';

export const SPEED = 60;

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

  /** All that is due up to an instant of the tape, each when it is due. */
  async playUntil(from: number, until: number): Promise<void> {
    const began = performance.now();
    for (let told = this.#tape[this.#next]; told !== undefined && told.sentAt <= until; told = this.#tape[this.#next]) {
      const ahead = (told.sentAt - from) / SPEED - (performance.now() - began);
      if (ahead > 1) await delay(ahead);
      await this.tell(told);
      this.#next += 1;
    }
    await delay(Math.max(0, (until - from) / SPEED - (performance.now() - began)));
  }

  /** An event of a line that there is none of: events are taken in order, so when it has been seen all before it have been applied. */
  async mark(): Promise<string> {
    const id = `mark/${(this.#marks += 1)}`;
    await this.tell({ line: 'NOWHERE', kind: 'count', body: { id, at: new Date().toISOString(), good: 0 } });
    return id;
  }

  /** An event beside the tape. */
  async tell({ line, kind, body }: Pick<Tape[number], 'line' | 'kind' | 'body'>): Promise<void> {
    await this.#connection.jetstream().publish(`plantops.ingest.${this.#tenant}.${line}.${kind}`, JSON.stringify(body));
  }

  close(): Promise<void> {
    return this.#connection.close();
  }
}
