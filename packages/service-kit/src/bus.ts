/**
 * The bus: a service's access to NATS. It serves and calls operations, publishes events, and consumes or follows
 * streams.
 */
import type { Operation, ServiceName } from '@plantops/contracts';
import type { z } from 'zod';
import { Connection } from './connection.ts';
import type { Logger } from './process/logger.ts';
import { callOperation, callRaw, type RawAnswer } from './requests/call-operation.ts';
import type { Call } from './requests/call.ts';
import { serveOperations } from './requests/serve-operations.ts';
import type { Needs } from './requests/serve-while.ts';
import type { Answer } from './requests/serve.ts';
import { consumeStreams, type Handlers } from './streams/consume-streams.ts';
import type { DeadLetters } from './streams/dead-letters.ts';
import { extentOf, followStream, type Extent, type Follow } from './streams/follow.ts';
import { provisionedTenants } from './streams/streams.ts';
import { Publisher, type Outgoing, type Stored } from './streams/publisher.ts';
import { backlogOf, type Kept, type StreamState } from './streams/stored.ts';

/** Callers wait for the list of tenants. */
const TENANTS_WITHIN_MS = 2_000;

export class Bus {
  readonly #connection: Connection;
  readonly #publisher: Publisher;

  private constructor(connection: Connection) {
    this.#connection = connection;
    this.#publisher = new Publisher(connection);
  }

  /** Connects under the service's own user; waits for a server that is not up yet. */
  static async connect(name: string, url: string, logger: Logger): Promise<Bus> {
    return new Bus(await Connection.open(name, url, logger));
  }

  /** False while NATS cannot be reached. */
  get connected(): boolean {
    return this.#connection.connected;
  }

  /** Identifies the connection in use: the number changes each time the connection is lost. */
  get connection(): number {
    return this.#connection.number;
  }

  /** Calls the listener after each reconnect. Returns a function that removes the listener. */
  onReconnect(listener: () => void): () => void {
    return this.#connection.onReconnect(listener);
  }

  /** Answers a service's operations; see `serveOperations`. Returns a function that stops it. */
  serve(service: ServiceName, answers: readonly Answer[], needs?: Needs): Promise<() => Promise<void>> {
    return serveOperations(this.#connection, service, answers, needs);
  }

  /** Calls an operation of another service and returns its output. Throws the Problem that the service answers. */
  call<I extends z.ZodType, O extends z.ZodType>(
    operation: Operation<I, O>,
    input: z.input<I>,
    call: Call,
  ): Promise<z.infer<O>> {
    return callOperation(this.#connection, operation, input, call);
  }

  /** Like `call`, with JSON in and out, for a caller that only forwards it. */
  callRaw(operation: Operation, body: string, call: Call): Promise<RawAnswer> {
    return callRaw(this.#connection, operation, body, call);
  }

  /** Publishes events to their streams; see `Publisher`. */
  publish(messages: readonly Outgoing[], connection?: number): Promise<Stored[]> {
    return this.#publisher.publish(messages, connection);
  }

  /** The state of a stream; undefined when the stream does not exist. */
  streamState(stream: string): Promise<StreamState | undefined> {
    return this.#publisher.state(stream);
  }

  /** The last message that a stream holds for a subject; undefined when it holds none. */
  lastOf(stream: string, subject: string): Promise<Kept | undefined> {
    return this.#publisher.lastOf(stream, subject);
  }

  /** The number of messages that a service has not consumed yet: events of a tenant, and master data of all tenants. */
  backlogOf(service: ServiceName, tenant: string): Promise<number> {
    return backlogOf(this.#connection.nats, service, tenant);
  }

  /** The tenants that have streams. Rejects when NATS does not answer within 2 s. */
  tenants(): Promise<string[]> {
    return provisionedTenants(this.#connection.nats, TENANTS_WITHIN_MS);
  }

  /** Consumes a service's streams; see `consumeStreams`. Returns a function that stops it. */
  consume(
    service: ServiceName,
    handlers: Handlers,
    deadLetters: DeadLetters,
    timing?: { readonly pauseMs?: number },
  ): () => Promise<void> {
    return consumeStreams(this.#connection, service, handlers, deadLetters, timing);
  }

  /** Follows a stream from a sequence on, without a consumer; see `followStream`. Returns a function that stops it. */
  follow(options: Follow): () => void {
    return followStream(this.#connection.nats, options, (listener) => this.onReconnect(listener));
  }

  /** The first and the last sequence that a stream holds now. */
  extentOf(stream: 'events' | 'master'): Promise<Extent> {
    return extentOf(this.#connection.nats, stream);
  }

  close(): Promise<void> {
    return this.#connection.close();
  }
}
