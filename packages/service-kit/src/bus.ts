/**
 * The bus: the only place that holds a NATS connection. Its verbs: `serve` operations, `call` one, `publish` announcements,
 * `consume` a stream, `follow` one. Connections are kept for ever; a process whose connection is closed for good ends and is started again.
 */
import {
  Problem,
  problems,
  streamName,
  type Operation,
  type ProblemDocument,
  type ServiceName,
  type StreamKind,
} from '@plantops/contracts';
import {
  connect,
  ErrorCode,
  Events,
  headers as createHeaders,
  NatsError,
  type JetStreamClient,
  type Msg,
  type NatsConnection,
  type ServiceMsg,
} from 'nats';
import pLimit from 'p-limit';
import type { z } from 'zod';
import { fromHeaders, toHeaders, type Call } from './requests/call.ts';
import { connectionOptions } from './connection-options.ts';
import { consumeTenants } from './streams/consume-tenants.ts';
import { consumeStream, type Handle } from './streams/consume.ts';
import type { DeadLetters, Delivered } from './streams/dead-letters.ts';
import { extentOf, followStream, type Extent, type Follow } from './streams/follow.ts';
import { within } from './process/lifetime.ts';
import type { Logger } from './process/logger.ts';
import type { Answer, Outcome } from './requests/serve.ts';
import { pipeline } from './requests/serve.ts';
import { serveWhile, type Needs } from './requests/serve-while.ts';
import { backlogOf, lastOf, PublishedStreams, type Kept, type StreamState } from './streams/stored.ts';
import { streamOfSubject } from './streams/streams.ts';
import { inMessageSpan } from './telemetry/message-spans.ts';
import { observeBacklog } from './telemetry/observe-backlog.ts';
import { observeBatches } from './telemetry/observe-batches.ts';
import { inSpan, SpanKind } from './telemetry/spans.ts';
import { traceIdOf } from './requests/trace.ts';

/** What a service does with the messages of each kind of stream that it listens to. */
export type Handlers = Readonly<Partial<Record<Exclude<StreamKind, 'rejected'>, Handle>>>;
/** An announcement on its way to its stream. */
export type Outgoing = { readonly id: string; readonly subject: string; readonly payload: string };
/** Where the stream, by its name and when it was created, stored it; or why it is not known to be stored. */
export type Stored =
  | { readonly id: string; readonly stream: string; readonly created: string; readonly seq: number; readonly isDuplicate: boolean }
  | { readonly id: string; readonly error: Error };

const NO_RESPONDERS_WAITS_MS = [50, 150, 400];
/** Below NATS' max_payload, with room for headers. */
const MOST_ANSWER_BYTES = 1_000_000;
const STOP_DEADLINE_MS = 15_000;
/** Half of a service's connections to its database: requests have the other half. */
const BATCHES_AT_ONCE = 4;

export class Bus {
  readonly #connection: NatsConnection;
  readonly #jetstream: JetStreamClient;
  readonly #logger: Logger;
  readonly #inFlight = new Set<Promise<void>>();
  readonly #published: PublishedStreams;
  readonly #reconnected = new Set<() => void>();
  #connected = true;
  #number = 0;

  private constructor(connection: NatsConnection, logger: Logger) {
    this.#connection = connection;
    this.#jetstream = connection.jetstream({ timeout: 2_000 });
    this.#logger = logger;
    this.#published = new PublishedStreams(connection);
  }

  /** Connects under the service's own user; waits for a server that is not up yet. */
  static async connect(name: string, url: string, logger: Logger): Promise<Bus> {
    const connection = await connect({
      ...connectionOptions(url),
      name,
      // Own inboxes: another user's permission to read `_INBOX.>` shows it nothing of ours.
      inboxPrefix: `_INBOX_${name}`,
      maxReconnectAttempts: -1,
      reconnectTimeWait: 250,
      reconnectJitter: 250,
      waitOnFirstConnect: true,
      pingInterval: 5_000,
      maxPingOut: 2,
      timeout: 5_000,
      ignoreAuthErrorAbort: true,
      // Stack traces for each request cost half of a requester's CPU.
      noAsyncTraces: true,
    });
    void failWhenLost(connection);
    const bus = new Bus(connection, logger);
    void bus.#watch();
    return bus;
  }

  /** False while NATS is away; it comes back by itself. */
  get connected(): boolean {
    return this.#connected && !this.#connection.isClosed();
  }

  /** Which connection is in use: another number after each loss of it. */
  get connection(): number {
    return this.#number;
  }

  async #watch(): Promise<void> {
    for await (const { type } of this.#connection.status()) {
      if (type === Events.Disconnect) {
        this.#connected = false;
        this.#number += 1;
      } else if (type === Events.Reconnect) this.#connected = true;
      else continue;
      this.#logger.warn({ connected: this.#connected }, 'the connection to NATS');
      this.#published.forget();
      if (this.#connected) for (const listener of this.#reconnected) listener();
    }
  }

  /** Calls the listener whenever the connection was lost and is there again: the server may have lost something. Returns how to stop it. */
  onReconnect(listener: () => void): () => void {
    this.#reconnected.add(listener);
    return () => void this.#reconnected.delete(listener);
  }

  /**
   * Answers a service's operations, discoverable by the NATS service protocol; copies of the service share the work. While what it needs is
   * away it steps out of their queue group: the others get what this one could only refuse. Returns how to stop it.
   */
  async serve(service: ServiceName, answers: readonly Answer[], needs?: Needs): Promise<() => Promise<void>> {
    const stop = await serveWhile(needs, () => this.#register(service, answers), this.#logger);
    return async () => {
      await stop();
      await within(STOP_DEADLINE_MS, 'requests in hand', () => Promise.all(this.#inFlight));
    };
  }

  async #register(service: ServiceName, answers: readonly Answer[]): Promise<() => Promise<void>> {
    const registered = await this.#connection.services.add({
      name: service,
      version: '0.1.0',
      description: `PlantOps ${service}`,
      queue: service,
    });
    const run = pipeline(this.#logger);
    for (const { operation, handler } of answers) {
      const inPipeline = run(handler);
      const respond = async (message: ServiceMsg) => {
        const call = fromHeaders(message.headers);
        sendOutcome(message, await inPipeline({ operation, call, body: message.string() }), call);
      };
      // The services API neither awaits handlers nor catches what they reject with; this set and the pipeline do.
      registered.addEndpoint(operation.name, {
        subject: operation.subject,
        queue: service,
        handler: (error, message) => (error ? undefined : this.#track(respond(message))),
      });
    }
    return async () => void (await registered.stop());
  }

  /** Asks another service and returns its answer; a refusal comes back as the Problem it is. */
  async call<I extends z.ZodType, O extends z.ZodType>(operation: Operation<I, O>, input: z.input<I>, call: Call): Promise<z.infer<O>> {
    const { body } = await this.callRaw(operation, JSON.stringify(input), call);
    return JSON.parse(body) as z.infer<O>;
  }

  /** The same with JSON text in and out: what is only passed on is neither decoded nor encoded again. */
  async callRaw(operation: Operation, body: string, call: Call): Promise<{ body: string; version: string | undefined }> {
    const message = await this.#request(operation, body, call);
    if ((message.headers?.get('Nats-Service-Error-Code') ?? '') === '')
      return { body: message.string(), version: message.headers?.get('po-version') || undefined };
    const problem = message.json<ProblemDocument>();
    // A newer service may know problems that this process does not.
    throw new Problem(problem.code in problems ? problem.code : 'internal', problem.detail, problem.errors);
  }

  #request(operation: Operation, body: string, call: Call): Promise<Msg> {
    const about = { name: operation.subject, kind: SpanKind.CLIENT };
    return inSpan(about, call.traceparent, (traceparent) => this.#send(operation, body, { ...call, traceparent }));
  }

  async #send(operation: Operation, body: string, call: Call): Promise<Msg> {
    for (let attempt = 0; ; attempt += 1) {
      const left = call.deadline - Date.now();
      if (left <= 0) throw new Problem('outcome_unknown', `${operation.service} did not answer in time`);
      try {
        return await this.#connection.request(operation.subject, body, { timeout: left, headers: toHeaders(call) });
      } catch (error) {
        const noResponders = error instanceof NatsError && error.code === ErrorCode.NoResponders;
        const pause = NO_RESPONDERS_WAITS_MS[attempt];
        if (!noResponders) throw this.#lost(operation, error);
        // Nobody was there, so it certainly did not run: asking again is safe even for a write.
        if (pause === undefined || pause >= left)
          throw new Problem('service_unavailable', `${operation.service} is away: try again in a few seconds`);
        await new Promise((resolve) => setTimeout(resolve, pause));
      }
    }
  }

  #lost(operation: Operation, error: unknown): Problem {
    this.#logger.warn({ err: error, operation: operation.subject }, 'no answer');
    if (error instanceof NatsError && error.code === 'MAX_PAYLOAD_EXCEEDED')
      return new Problem('body_too_large', 'the request is larger than 1 MB');
    const remedy = operation.writes ? 'look whether it happened before you send it again' : 'try again';
    return new Problem('outcome_unknown', `${operation.service} did not answer in time: ${remedy}`);
  }

  /**
   * Publishes announcements to their streams, all on the wire at once, each with its id for de-duplication by the broker: over the connection
   * of this number. On another one nobody may have looked yet at what its server holds.
   */
  publish(messages: readonly Outgoing[], connection = this.#number): Promise<Stored[]> {
    return Promise.all(
      messages.map(async ({ id, subject, payload }): Promise<Stored> => {
        try {
          const stream = streamOfSubject(subject);
          const created = await this.#published.createdOf(stream);
          this.#refuseWhenAway();
          this.#refuseAfter(connection);
          const publish = () => this.#jetstream.publish(subject, payload, { msgID: id, expect: { streamName: stream }, timeout: 2_000 });
          const stored = await inMessageSpan({ name: `publish ${stream}`, kind: SpanKind.PRODUCER }, payload, publish);
          // It may have waited for the next connection before it went out.
          this.#refuseAfter(connection);
          return { id, stream, created, seq: stored.seq, isDuplicate: stored.duplicate };
        } catch (error) {
          return { id, error: error instanceof Error ? error : new Error(String(error)) };
        }
      }),
    );
  }

  /** The state of a stream that is published into; undefined when there is none of this name. */
  async streamState(stream: string): Promise<StreamState | undefined> {
    this.#refuseWhenAway();
    return this.#published.state(stream);
  }

  /** The last message of a subject that a stream holds. */
  async lastOf(stream: string, subject: string): Promise<Kept | undefined> {
    this.#refuseWhenAway();
    return lastOf(this.#connection, stream, subject);
  }

  #refuseAfter(connection: number): void {
    if (connection !== this.#number) throw new Error('the connection to NATS is another one by now');
  }

  #refuseWhenAway(): void {
    if (!this.connected) throw new Error('NATS is away');
  }

  /** How many announcements of a tenant a service has before it, and of master data of all tenants. */
  backlogOf(service: ServiceName, tenant: string): Promise<number> {
    return backlogOf(this.#connection, service, tenant);
  }

  /**
   * Hands the messages of a service's streams to its handlers in batches, for ever: by kind of stream; see `consumeStream`. Tenants take
   * turns, a batch each.
   * Returns how to stop it, after what is in hand has been settled.
   */
  consume(service: ServiceName, handlers: Handlers, deadLetters: DeadLetters, timing: { pauseMs?: number } = {}): () => Promise<void> {
    const turn = pLimit(BATCHES_AT_ONCE);
    const observed = observeBatches();
    const forget = observeBacklog(this.#connection, service);
    const stops = Object.entries(handlers).map(([name, handle]) => {
      const kind = name as keyof Handlers;
      const work = observed(handle);
      const options = { handle: (batch: readonly Delivered[]) => turn(() => work(batch)), deadLetters, ...timing };
      return kind === 'master'
        ? consumeStream(this.#connection, this.#logger, { ...options, durable: service, stream: streamName.master })
        : consumeTenants(this.#connection, this.#logger, service, kind, options);
    });
    return async () => {
      forget();
      await Promise.all(stops.map((stop) => stop()));
    };
  }

  /** Follows a stream from a place on, without keeping one; returns how to stop. */
  follow(options: Follow): () => void {
    return followStream(this.#connection, options, (listener) => this.onReconnect(listener));
  }

  /** The sequences that a stream holds now. */
  extentOf(stream: 'events' | 'master'): Promise<Extent> {
    return extentOf(this.#connection, stream);
  }

  #track(work: Promise<void>): void {
    const tracked = work
      .catch((error: unknown) => this.#logger.error({ err: error }, 'an answer could not be sent'))
      .finally(() => this.#inFlight.delete(tracked));
    this.#inFlight.add(tracked);
  }

  async close(): Promise<void> {
    await this.#connection.drain();
  }
}

/** A connection is closed only on purpose. Closed by an error, the process is to end: the rejection that nobody handles does that. */
const failWhenLost = async (connection: NatsConnection): Promise<void> => {
  const error = await connection.closed();
  if (error) throw error;
};

/** Every request gets an answer: one that does not fit into a message is told as a problem. */
const sendOutcome = (message: ServiceMsg, outcome: Outcome, call: Call): void => {
  if (outcome.ok && Buffer.byteLength(outcome.reply.body) <= MOST_ANSWER_BYTES) {
    const { body, version } = outcome.reply;
    message.respond(body, version === undefined ? {} : { headers: versionHeader(version) });
    return;
  }
  const problem = outcome.ok ? new Problem('internal', 'the answer is larger than 1 MB: ask for less at once') : outcome.problem;
  const document = problem.toDocument(traceIdOf(call.traceparent));
  message.respondError(problems[document.code].status, document.code, new TextEncoder().encode(JSON.stringify(document)));
};

const versionHeader = (version: number) => {
  const headers = createHeaders();
  headers.set('po-version', String(version));
  return headers;
};
