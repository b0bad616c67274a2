/**
 * Consumes a stream in chunks, through a durable pull consumer that the provisioner created. A chunk is acknowledged
 * after its handler has committed. When a chunk fails, its halves are tried, then the halves of those. So one bad
 * message is found in few tries and delays only itself, and a chunk that is too large is split. A message that fails
 * alone is delivered again after a growing pause, and at last becomes a dead letter.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { Problem } from '@plantops/contracts';
import type { ConsumerMessages, JsMsg, NatsConnection } from 'nats';
import type { Logger } from '../process/logger.ts';
import type { DeadLetters, Delivered } from './dead-letters.ts';

/** Applies all messages and commits, or rejects and commits nothing. */
export type Handle = (chunk: readonly Delivered[]) => Promise<void>;
export type Consume = {
  readonly stream: string;
  readonly durable: string;
  readonly handle: Handle;
  readonly deadLetters: DeadLetters;
  /** The first pause before a failed message is delivered again; it doubles with each failure. */
  readonly pauseMs?: number;
};

const MOST_MESSAGES = 500;
/**
 * Chunks begin at least so far apart, unless a full one waits. A chunk costs some twenty statements whatever its size,
 * so under load its messages share them. The first message after a quiet time waits for nothing.
 */
const APART_MS = 40;
/** Messages of readings are large: this many bytes are decoded and committed well within ack_wait. */
const MOST_BYTES = 16 * 1024 * 1024;
/** A fraction of ack_wait: the server must not deliver messages again that wait behind a long chunk. */
const STILL_WORKING_MS = 3_000;
const RETRY_MS = 500;
const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 30_000;
/** With the growing pauses, this many tries take half a minute. */
const MOST_TRIES = 7;
/** When the database is slow or full, good messages fail too: this many tries take ten minutes. */
const MOST_TRIES_WHEN_SLOW = 20;
/** SQLSTATEs of PostgreSQL: cancelled by a timeout, lock not available, idle too long, out of resources. */
const SLOW = /^(57014|55P03|25P03|53)/;
/** A message that was delivered more often may crash its consumer: each attempt is recorded in the database. */
const TRUSTED_DELIVERIES = 3;
/** How many suspects are tried together after 0, 1 and 2 recorded attempts. After that, each is tried alone. */
const TOGETHER = [Number.POSITIVE_INFINITY, 64, 8];
const ALONE = 1;
/** After this many attempts, the last two alone, the message is known to crash the process. */
const MOST_ATTEMPTS = 5;

/** Consumes until stopped. Returns a function that stops it after the current messages. */
export function consumeStream(connection: NatsConnection, logger: Logger, consume: Consume): () => Promise<void> {
  const consumer = new StreamConsumer(connection, logger, consume);
  consumer.start();
  return () => consumer.stop();
}

class StreamConsumer {
  readonly #connection: NatsConnection;
  readonly #logger: Logger;
  readonly #consume: Consume;
  /** Bounded by the consumer's max_ack_pending: the server sends no more until these are acknowledged. */
  readonly #buffer: JsMsg[] = [];
  #inHand: readonly JsMsg[] = [];
  /**
   * How often each message failed in this process, by its sequence. Deliveries while the database was away do not
   * count.
   */
  readonly #failures = new Map<number, number>();
  #pulled: ConsumerMessages | undefined;
  #stopped = false;
  #wake = () => {};
  #working: Promise<void> = Promise.resolve();
  #keepAlive: NodeJS.Timeout | undefined;

  constructor(connection: NatsConnection, logger: Logger, consume: Consume) {
    this.#connection = connection;
    this.#logger = logger;
    this.#consume = consume;
  }

  start(): void {
    this.#keepAlive = setInterval(() => {
      for (const message of [...this.#inHand, ...this.#buffer]) message.working();
    }, STILL_WORKING_MS);
    this.#working = this.#work();
    void this.#pull();
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    await this.#pulled?.close();
    this.#wake();
    await this.#working;
    clearInterval(this.#keepAlive);
  }

  /** Fills the buffer. Waits while the stream does not exist yet or NATS cannot be reached. */
  async #pull(): Promise<void> {
    const { stream, durable } = this.#consume;
    let waiting = false;
    while (!this.#stopped) {
      try {
        const consumer = await this.#connection.jetstream().consumers.get(stream, durable);
        if (waiting) this.#logger.info({ stream }, 'the stream exists now');
        waiting = false;
        this.#pulled = await consumer.consume({
          max_messages: MOST_MESSAGES,
          expires: 10_000,
          idle_heartbeat: 2_000,
          callback: (message) => {
            this.#buffer.push(message);
            this.#wake();
          },
        });
        if (this.#stopped) await this.#pulled.close();
        await this.#pulled.closed();
      } catch (error) {
        if (this.#stopped) return;
        if (!waiting) this.#logger.warn({ stream, durable, reason: String(error) }, 'waiting for the stream');
        waiting = true;
        await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
      }
    }
  }

  /** Empties the buffer, one chunk after another. */
  async #work(): Promise<void> {
    let next = 0;
    while (!this.#stopped || this.#buffer.length > 0) {
      const early = next - performance.now();
      if (this.#buffer.length === 0) await new Promise<void>((resolve) => (this.#wake = resolve));
      else if (early > 0 && this.#buffer.length < MOST_MESSAGES && !this.#stopped) await delay(early);
      else {
        next = performance.now() + APART_MS;
        const chunk = this.#buffer.splice(0, sizeOfChunk(this.#buffer));
        this.#inHand = chunk;
        await this.#settle(chunk);
        this.#inHand = [];
      }
    }
  }

  /** Handles a chunk. Messages that may have crashed a process are tried in smaller groups with each attempt. */
  async #settle(chunk: readonly JsMsg[]): Promise<void> {
    const suspects = chunk.filter(
      ({ info, seq }) => info.redeliveryCount > TRUSTED_DELIVERIES && !this.#failures.has(seq),
    );
    if (suspects.length === 0) return this.#apply(chunk);
    try {
      const attempts = await this.#consume.deadLetters.attemptsOf(suspects.map(delivered));
      const attemptsOf = new Map(suspects.map((message, index) => [message, attempts[index] ?? 0]));
      const byAttempts = [...Map.groupBy(chunk, (message) => attemptsOf.get(message) ?? 0)].toSorted(
        ([a], [b]) => a - b,
      );
      for (const [count, messages] of byAttempts)
        for (const group of groupsOf(messages, TOGETHER[count] ?? ALONE)) await this.#attempt(group, count);
    } catch (error) {
      // Messages that were acknowledged already are not delivered again.
      await this.#retryAll(chunk, error);
    }
  }

  async #attempt(group: readonly JsMsg[], attempts: number): Promise<void> {
    const { deadLetters } = this.#consume;
    const messages = group.map(delivered);
    if (attempts >= MOST_ATTEMPTS) {
      for (const message of messages)
        await deadLetters.store(message, new Error('the process that applied it ended each time'));
      for (const message of group) message.ack();
    } else {
      await deadLetters.beginAttempt(messages);
      await this.#apply(group);
    }
    await deadLetters.endAttempt(messages);
  }

  async #apply(chunk: readonly JsMsg[]): Promise<void> {
    try {
      await this.#consume.handle(chunk.map(delivered));
      for (const message of chunk) message.ack();
      for (const { seq } of chunk) this.#failures.delete(seq);
    } catch (error) {
      // The database is away: no message is bad, and trying each one would only take longer.
      if (error instanceof Problem && error.code === 'service_unavailable') await this.#retryAll(chunk, error);
      else if (chunk.length === 1) await this.#fail(chunk[0] as JsMsg, error);
      else for (const half of halvesOf(chunk)) await this.#apply(half);
    }
  }

  async #fail(message: JsMsg, error: unknown): Promise<void> {
    const tries = (this.#failures.get(message.seq) ?? 0) + 1;
    this.#failures.set(message.seq, tries);
    if (tries < (isSlow(error) ? MOST_TRIES_WHEN_SLOW : MOST_TRIES)) return this.#retryLater(message, error, tries);
    try {
      await this.#consume.deadLetters.store(delivered(message), error);
      message.ack();
      this.#failures.delete(message.seq);
    } catch (notStored) {
      this.#retryLater(message, notStored, tries);
    }
  }

  #retryLater(message: JsMsg, error: unknown, tries: number): void {
    const { stream, pauseMs = FIRST_PAUSE_MS } = this.#consume;
    const pause = Math.min(pauseMs * 2 ** (tries - 1), LONGEST_PAUSE_MS);
    this.#logger.error(
      { err: error, stream, seq: message.seq, subject: message.subject, tries },
      'a message failed; it is tried again',
    );
    message.nak(pause);
  }

  async #retryAll(chunk: readonly JsMsg[], error: unknown): Promise<void> {
    const { stream } = this.#consume;
    this.#logger.warn(
      { stream, messages: chunk.length, reason: String(error) },
      'messages cannot be applied now; all are tried again',
    );
    for (const message of chunk) message.nak(RETRY_MS);
    await new Promise((resolve) => setTimeout(resolve, this.#stopped ? 0 : RETRY_MS));
  }
}

function isSlow(error: unknown): boolean {
  return error instanceof Error && 'code' in error && SLOW.test(String(error.code));
}

/** The number of messages at the start of the buffer that make one chunk. */
function sizeOfChunk(buffer: readonly JsMsg[]): number {
  let bytes = 0;
  const beyond = buffer.findIndex(
    ({ data }, index) => index === MOST_MESSAGES || ((bytes += data.length) > MOST_BYTES && index > 0),
  );
  return beyond < 0 ? buffer.length : beyond;
}

function halvesOf(chunk: readonly JsMsg[]): JsMsg[][] {
  const middle = Math.ceil(chunk.length / 2);
  return [chunk.slice(0, middle), chunk.slice(middle)];
}

function groupsOf(messages: readonly JsMsg[], size: number): JsMsg[][] {
  const groups: JsMsg[][] = [];
  for (let at = 0; at < messages.length; at += size) groups.push(messages.slice(at, at + size));
  return groups;
}

function delivered(message: JsMsg): Delivered {
  const { stream, timestampNanos } = message.info;
  return {
    subject: message.subject,
    payload: message.string(),
    stream,
    seq: message.seq,
    arrivedAt: new Date(timestampNanos / 1_000_000).toISOString(),
  };
}
