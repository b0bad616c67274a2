/** Publishing events to their streams, and asking what the streams still have. */
import type { JetStreamClient } from 'nats';
import type { Connection } from '../connection.ts';
import { inMessageSpan } from '../telemetry/message-spans.ts';
import { SpanKind } from '../telemetry/spans.ts';
import { lastOf, PublishedStreams, type Kept, type StreamState } from './stored.ts';
import { streamOfSubject } from './streams.ts';

/** An event on its way to its stream. */
export type Outgoing = { readonly id: string; readonly subject: string; readonly payload: string };
/** Where the stream stored it (its name and when it was created identify the stream), or why it is not known to be stored. */
export type Stored =
  | { readonly id: string; readonly stream: string; readonly created: string; readonly seq: number; readonly isDuplicate: boolean }
  | { readonly id: string; readonly error: Error };

const ACKNOWLEDGED_WITHIN_MS = 2_000;

export class Publisher {
  readonly #connection: Connection;
  readonly #jetstream: JetStreamClient;
  readonly #streams: PublishedStreams;

  constructor(connection: Connection) {
    this.#connection = connection;
    this.#jetstream = connection.nats.jetstream({ timeout: ACKNOWLEDGED_WITHIN_MS });
    this.#streams = new PublishedStreams(connection.nats);
    connection.onChange(() => this.#streams.forget());
  }

  /**
   * Publishes all at once, each with its id for de-duplication by the broker. Nothing is published on another connection than the one of this
   * number: its server may lack messages, and nobody has checked that yet.
   */
  publish(messages: readonly Outgoing[], connection = this.#connection.number): Promise<Stored[]> {
    return Promise.all(
      messages.map(async (message): Promise<Stored> => {
        try {
          return await this.#publishOne(message, connection);
        } catch (error) {
          return { id: message.id, error: error instanceof Error ? error : new Error(String(error)) };
        }
      }),
    );
  }

  async #publishOne({ id, subject, payload }: Outgoing, connection: number): Promise<Stored> {
    const stream = streamOfSubject(subject);
    const created = await this.#streams.createdOf(stream);
    this.#refuseWhenAway();
    this.#refuseOther(connection);
    const publish = () =>
      this.#jetstream.publish(subject, payload, { msgID: id, expect: { streamName: stream }, timeout: ACKNOWLEDGED_WITHIN_MS });
    const { seq, duplicate } = await inMessageSpan({ name: `publish ${stream}`, kind: SpanKind.PRODUCER }, payload, publish);
    // The client may have waited for the next connection before it sent the message.
    this.#refuseOther(connection);
    return { id, stream, created, seq, isDuplicate: duplicate };
  }

  /** The state of a stream; undefined when there is none of this name. */
  async state(stream: string): Promise<StreamState | undefined> {
    this.#refuseWhenAway();
    return this.#streams.state(stream);
  }

  /** The last message of a subject that a stream has. */
  async lastOf(stream: string, subject: string): Promise<Kept | undefined> {
    this.#refuseWhenAway();
    return lastOf(this.#connection.nats, stream, subject);
  }

  #refuseOther(connection: number): void {
    if (connection !== this.#connection.number) throw new Error('the connection to NATS is another one by now');
  }

  #refuseWhenAway(): void {
    if (!this.#connection.connected) throw new Error('NATS is away');
  }
}
