/** Publishes events to their streams, and asks what the streams still hold. */
import type { JetStreamClient } from 'nats';
import type { Connection } from '../connection.ts';
import { inMessageSpan } from '../telemetry/message-spans.ts';
import { SpanKind } from '../telemetry/spans.ts';
import { lastOf, PublishedStreams, type Kept, type StreamState } from './stored.ts';
import { streamOfSubject } from './streams.ts';

/** An event to be published. */
export type Outgoing = { readonly id: string; readonly subject: string; readonly payload: string };
/**
 * Where an event was stored (name and creation time identify the stream), or the error after which this is not known.
 */
export type Stored =
  | {
      readonly id: string;
      readonly stream: string;
      readonly created: string;
      readonly seq: number;
      readonly isDuplicate: boolean;
    }
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
   * Publishes all events at once, each with its id for de-duplication by the broker. Refuses when the connection is not
   * the one with this number any more: the server of a new connection may lack messages, and the stream guard has not
   * checked it yet.
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
      this.#jetstream.publish(subject, payload, {
        msgID: id,
        expect: { streamName: stream },
        timeout: ACKNOWLEDGED_WITHIN_MS,
      });
    const { seq, duplicate } = await inMessageSpan(
      { name: `publish ${stream}`, kind: SpanKind.PRODUCER },
      payload,
      publish,
    );
    // The client may have waited for the next connection before it sent the message.
    this.#refuseOther(connection);
    return { id, stream, created, seq, isDuplicate: duplicate };
  }

  /** The state of a stream; undefined when the stream does not exist. */
  async state(stream: string): Promise<StreamState | undefined> {
    this.#refuseWhenAway();
    return this.#streams.state(stream);
  }

  /** The last message that a stream holds for a subject; undefined when it holds none. */
  async lastOf(stream: string, subject: string): Promise<Kept | undefined> {
    this.#refuseWhenAway();
    return lastOf(this.#connection.nats, stream, subject);
  }

  #refuseOther(connection: number): void {
    if (connection !== this.#connection.number) throw new Error('the connection to NATS was lost and opened again');
  }

  #refuseWhenAway(): void {
    if (!this.#connection.connected) throw new Error('NATS cannot be reached');
  }
}
