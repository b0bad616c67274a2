/**
 * Follows a stream: reads its messages in order, from a sequence that the follower chooses, each after the one before
 * was handled. Nothing is acknowledged and no consumer is created: a user who may create one could change those of
 * others. A plain subscription only signals that something is new; the message itself is read from the stream.
 */
import { streamName } from '@plantops/contracts';
import type { NatsConnection } from 'nats';
import type { Delivered } from './dead-letters.ts';

export type Follow = {
  readonly stream: 'events' | 'master';
  /** Only messages whose subject matches are read. */
  readonly subject: string;
  /** The first sequence to read. */
  readonly from: number;
  /** Handles a message. The next one is read when it resolves. */
  readonly on: (message: Delivered) => Promise<void>;
  /** Called when the stream cannot be followed any further. */
  readonly onLost: (error: Error) => void;
};

/** Subscribers get a message a moment before its stream stores it, so the stream is read again after these pauses. */
const LOOK_AGAIN_MS = [20, 100, 500];
/** The stream is read at this interval too, in case a signal was lost. */
const LOOK_EVERY_MS = 5_000;

/** Follows a stream until stopped. Returns a function that stops it. */
export function followStream(
  connection: NatsConnection,
  { stream, subject, from, on, onLost }: Follow,
  onReconnect: (listener: () => void) => () => void,
): () => void {
  let next = Math.max(from, 1);
  let isReading = false;
  let isAsked = false;
  let stopped = false;

  const lost = (error: unknown) => {
    if (!stopped) onLost(error instanceof Error ? error : new Error(String(error)));
  };
  /** A server that lost the end of the stream would send nothing until the stream is that long again. */
  const assertNothingLost = async () => {
    const { last } = await extentOf(connection, stream);
    if (last < next - 1) throw new Error(`${streamName[stream]} now ends at ${last}, but was read up to ${next - 1}`);
  };
  const first = (seq: number) => firstFrom(connection, stream, subject, seq);
  const read = async () => {
    isAsked = true;
    if (isReading) return;
    isReading = true;
    try {
      while (isAsked && !stopped) {
        isAsked = false;
        for (let message = await first(next); message && !stopped; message = await first(next)) {
          next = message.seq + 1;
          await on(message);
        }
      }
    } catch (error) {
      lost(error);
    } finally {
      isReading = false;
    }
  };

  const timers = new Set<NodeJS.Timeout>();
  const lookIn = (ms: number) => {
    const timer = setTimeout(() => {
      timers.delete(timer);
      void read();
    }, ms);
    timers.add(timer);
  };
  const subscription = connection.subscribe(subject, {
    callback: () => {
      void read();
      if (timers.size < LOOK_AGAIN_MS.length) for (const ms of LOOK_AGAIN_MS) lookIn(ms);
    },
  });
  const looking = setInterval(() => void read(), LOOK_EVERY_MS);
  const forget = onReconnect(() => void assertNothingLost().catch(lost));
  void read();
  return () => {
    stopped = true;
    forget();
    subscription.unsubscribe();
    clearInterval(looking);
    for (const timer of timers) clearTimeout(timer);
  };
}

const NONE_YET = 404;
const ANSWER_WITHIN_MS = 5_000;

/**
 * Reads the first message at or after a sequence whose subject matches, by direct get. Returns undefined when the
 * stream holds no such message yet.
 */
async function firstFrom(
  connection: NatsConnection,
  stream: 'events' | 'master',
  subject: string,
  seq: number,
): Promise<Delivered | undefined> {
  const name = streamName[stream];
  const request = JSON.stringify({ seq, next_by_subj: subject });
  const message = await connection.request(`$JS.API.DIRECT.GET.${name}`, request, { timeout: ANSWER_WITHIN_MS });
  if (message.headers?.code === NONE_YET) return undefined;
  const [found, number] = [message.headers?.get('Nats-Subject'), Number(message.headers?.get('Nats-Sequence'))];
  if (!found || !number)
    throw new Error(`${name} cannot be read: ${message.headers?.description ?? 'an answer without a sequence'}`);
  const arrivedAt = new Date(message.headers?.get('Nats-Time-Stamp') ?? '').toISOString();
  return { subject: found, payload: message.string(), stream: name, seq: number, arrivedAt };
}

export type Extent = { readonly first: number; readonly last: number };
/** The first and the last sequence that a stream holds now. */
export async function extentOf(connection: NatsConnection, stream: 'events' | 'master'): Promise<Extent> {
  const manager = await connection.jetstreamManager({ checkAPI: false });
  const { state } = await manager.streams.info(streamName[stream]);
  return { first: state.first_seq, last: state.last_seq };
}
