/**
 * Consuming a stream: a durable pull consumer, made by the provisioner, whose messages arrive here in batches.
 * A batch is acknowledged after its handler has committed. When a batch fails its halves are tried, and theirs: one bad message is found in
 * few tries and delays nothing but itself, and what was too much at once is taken in in parts. A message that fails alone comes again
 * later, after a growing pause, and is set aside in the end.
 */
import { Problem } from '@plantops/contracts';
import type { ConsumerMessages, JsMsg, NatsConnection } from 'nats';
import type { Logger } from '../process/logger.ts';

/** A message of a stream. */
export type Delivered = { readonly subject: string; readonly payload: string; readonly stream: string; readonly seq: number };

/** Commits the effects of all messages, or rejects and has committed none. */
export type Handle = (batch: readonly Delivered[]) => Promise<void>;
/** Where messages are kept that cannot be applied, and what is known of those that may end the process that applies them. */
export type DeadLetters = {
  /** Keeps a message that failed too often where people find it. */
  readonly park: (message: Delivered, error: unknown) => Promise<void>;
  /** How often each of these, which came back before, has been begun since the last process that outlived it. */
  readonly begunBefore: (messages: readonly Delivered[]) => Promise<number[]>;
  /** Notes that these are about to be applied. */
  readonly begin: (messages: readonly Delivered[]) => Promise<void>;
  /** Whatever became of them, the process has outlived it. */
  readonly end: (messages: readonly Delivered[]) => Promise<void>;
};
export type Consume = {
  readonly stream: string;
  readonly durable: string;
  readonly handle: Handle;
  readonly letters: DeadLetters;
  /** The first pause before a message that failed comes again; it doubles with each failure. */
  readonly pauseMs?: number;
};

const BATCH = 500;
/** Messages of readings are large: so much at once is decoded and committed well within ack_wait. */
const BATCH_BYTES = 16 * 1024 * 1024;
/** A part of ack_wait: what waits here behind a long batch is not to be delivered a second time. */
const STILL_WORKING_MS = 3_000;
const RETRY_MS = 500;
const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 30_000;
/** With the growing pauses between them these tries span half a minute. */
const MOST_TRIES = 7;
/** The database had no time or no room for it, which a good message meets as well: ten minutes of tries before it is set aside. */
const MOST_TRIES_WHEN_SLOW = 20;
/** Of PostgreSQL: ended by a timeout, no lock, idle for too long, no resources. */
const SLOW = /^(57014|55P03|25P03|53)/;
/** What comes oftener may have ended the processes that had it before, or they had no database: that is noted in it from then on. */
const TRUSTED_DELIVERIES = 3;
/**
 * How many that were begun so often are begun together: whoever of them ends the process is found in a few more, and the others, which were only in
 * its company, are taken in soon all the same.
 */
const TOGETHER = [Number.POSITIVE_INFINITY, 64, 8];
const ALONE = 1;
/** Begun so often, the last times alone, it is set aside. */
const MOST_BEGUN = 5;

const isSlow = (error: unknown): boolean => error instanceof Error && 'code' in error && SLOW.test(String(error.code));

/** How many messages from the first on make a batch. */
const fitting = (buffer: readonly JsMsg[]): number => {
  let bytes = 0;
  const beyond = buffer.findIndex(({ data }, index) => index === BATCH || ((bytes += data.length) > BATCH_BYTES && index > 0));
  return beyond < 0 ? buffer.length : beyond;
};

const halvesOf = (batch: readonly JsMsg[]): JsMsg[][] => {
  const middle = Math.ceil(batch.length / 2);
  return [batch.slice(0, middle), batch.slice(middle)];
};

const groupsOf = (messages: readonly JsMsg[], size: number): JsMsg[][] => {
  const groups: JsMsg[][] = [];
  for (let at = 0; at < messages.length; at += size) groups.push(messages.slice(at, at + size));
  return groups;
};

export const consumeStream = (
  connection: NatsConnection,
  logger: Logger,
  { stream, durable, handle, letters, pauseMs = FIRST_PAUSE_MS }: Consume,
): (() => Promise<void>) => {
  let stopped = false;
  let messages: ConsumerMessages | undefined;
  let wake = () => {};
  // Bounded by the consumer's max_ack_pending: the server sends no more until these are acknowledged.
  const buffer: JsMsg[] = [];
  let inHand: readonly JsMsg[] = [];
  /** How often each message has failed here, by its sequence: deliveries while the database was away are nobody's failures. */
  const failures = new Map<number, number>();
  const holding = setInterval(() => {
    for (const message of [...inHand, ...buffer]) message.working();
  }, STILL_WORKING_MS);

  const work = async () => {
    while (!stopped || buffer.length > 0) {
      const batch = buffer.splice(0, fitting(buffer));
      if (batch.length === 0) await new Promise<void>((resolve) => (wake = resolve));
      else {
        inHand = batch;
        await settle(batch);
        inHand = [];
      }
    }
  };

  /** A message may end the process before anybody learns why: the next one that is given it has to know, and to try it with ever fewer others. */
  const settle = async (batch: readonly JsMsg[]) => {
    const doubtful = batch.filter(({ info, seq }) => info.redeliveryCount > TRUSTED_DELIVERIES && !failures.has(seq));
    if (doubtful.length === 0) return apply(batch);
    try {
      const begun = await letters.begunBefore(doubtful.map(delivered));
      const timesOf = new Map(doubtful.map((message, index) => [message, begun[index] ?? 0]));
      for (const [times, some] of [...Map.groupBy(batch, (message) => timesOf.get(message) ?? 0)].toSorted(([a], [b]) => a - b))
        for (const group of groupsOf(some, TOGETHER[times] ?? ALONE)) await tryOut(group, times);
    } catch (error) {
      // What has been settled meanwhile is not asked for again.
      await away(batch, error);
    }
  };

  const tryOut = async (group: readonly JsMsg[], times: number) => {
    const told = group.map(delivered);
    if (times >= MOST_BEGUN) {
      for (const one of told) await letters.park(one, new Error('the process that applied it ended each time'));
      for (const message of group) message.ack();
    } else {
      await letters.begin(told);
      await apply(group);
    }
    await letters.end(told);
  };

  const apply = async (batch: readonly JsMsg[]) => {
    try {
      await handle(batch.map(delivered));
      for (const message of batch) message.ack();
      for (const { seq } of batch) failures.delete(seq);
    } catch (error) {
      // The database is away: that is no message's fault, and trying each would only take longer.
      if (error instanceof Problem && error.code === 'service_unavailable') await away(batch, error);
      else if (batch.length === 1) await failed(batch[0] as JsMsg, error);
      else for (const half of halvesOf(batch)) await apply(half);
    }
  };

  const failed = async (message: JsMsg, error: unknown) => {
    const tries = (failures.get(message.seq) ?? 0) + 1;
    failures.set(message.seq, tries);
    if (tries < (isSlow(error) ? MOST_TRIES_WHEN_SLOW : MOST_TRIES)) return retryLater(message, error, tries);
    try {
      await letters.park(delivered(message), error);
      message.ack();
      failures.delete(message.seq);
    } catch (notParked) {
      retryLater(message, notParked, tries);
    }
  };

  const away = async (batch: readonly JsMsg[], error: unknown) => {
    logger.warn({ stream, messages: batch.length, reason: String(error) }, 'not taken in now; all of it comes again');
    for (const message of batch) message.nak(RETRY_MS);
    await new Promise((resolve) => setTimeout(resolve, stopped ? 0 : RETRY_MS));
  };

  const retryLater = (message: JsMsg, error: unknown, tries: number) => {
    const pause = Math.min(pauseMs * 2 ** (tries - 1), LONGEST_PAUSE_MS);
    logger.error({ err: error, stream, seq: message.seq, subject: message.subject, tries }, 'a message failed and comes again');
    message.nak(pause);
  };

  const pull = async () => {
    let waiting = false;
    while (!stopped) {
      try {
        const consumer = await connection.jetstream().consumers.get(stream, durable);
        if (waiting) logger.info({ stream }, 'the stream is there now');
        waiting = false;
        messages = await consumer.consume({
          max_messages: BATCH,
          expires: 10_000,
          idle_heartbeat: 2_000,
          callback: (message) => {
            buffer.push(message);
            wake();
          },
        });
        if (stopped) await messages.close();
        await messages.closed();
      } catch (error) {
        if (stopped) return;
        // The stream is not provisioned yet, or NATS is away: both come by themselves.
        if (!waiting) logger.warn({ stream, durable, reason: String(error) }, 'waiting for the stream');
        waiting = true;
        await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
      }
    }
  };

  const working = work();
  void pull();
  return async () => {
    stopped = true;
    await messages?.close();
    wake();
    await working;
    clearInterval(holding);
  };
};

const delivered = (message: JsMsg): Delivered => ({
  subject: message.subject,
  payload: message.string(),
  stream: message.info.stream,
  seq: message.seq,
});
