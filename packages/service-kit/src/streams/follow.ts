/**
 * Following a stream: its messages in order from a place of the follower's choosing, each read when the one before has been taken. Nothing
 * is acknowledged and no consumer is made: whoever may make one could change those of others. A plain subscription only says that there is
 * something new; what it is, is read from the stream.
 */
import { streamName } from '@plantops/contracts';
import type { NatsConnection } from 'nats';
import type { Delivered } from './dead-letters.ts';

export type Follow = {
  readonly stream: 'events' | 'master';
  /** Only messages of subjects that match. */
  readonly subject: string;
  /** The first sequence wanted; what is older is passed over. */
  readonly from: number;
  /** The next message is read when this has resolved. */
  readonly on: (message: Delivered) => Promise<void>;
  /** The stream cannot be followed any further. */
  readonly onLost: (error: Error) => void;
};

/** A message is told to subscribers a moment before its stream has it; and a lost word is made up for. */
const LOOK_AGAIN_MS = [20, 100, 500];
const LOOK_EVERY_MS = 5_000;

export const followStream = (
  connection: NatsConnection,
  { stream, subject, from, on, onLost }: Follow,
  onReconnect: (listener: () => void) => () => void,
): (() => void) => {
  let next = Math.max(from, 1);
  let isReading = false;
  let isAsked = false;
  let stopped = false;

  const lost = (error: unknown) => {
    if (!stopped) onLost(error instanceof Error ? error : new Error(String(error)));
  };
  /** A server that has lost the end of the stream tells nothing until it has come as far again. */
  const lookWhereItEnds = async () => {
    const { last } = await extentOf(connection, stream);
    if (last < next - 1) throw new Error(`${streamName[stream]} ends at ${last} now, it had been read up to ${next - 1}`);
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
  const told = connection.subscribe(subject, {
    callback: () => {
      void read();
      if (timers.size < LOOK_AGAIN_MS.length) for (const ms of LOOK_AGAIN_MS) lookIn(ms);
    },
  });
  const looking = setInterval(() => void read(), LOOK_EVERY_MS);
  const forget = onReconnect(() => void lookWhereItEnds().catch(lost));
  void read();
  return () => {
    stopped = true;
    forget();
    told.unsubscribe();
    clearInterval(looking);
    for (const timer of timers) clearTimeout(timer);
  };
};

const NONE_YET = 404;
const ANSWER_WITHIN_MS = 5_000;

/** The first message from a sequence on whose subject matches, by the stream's direct reading; undefined when there is none yet. */
const firstFrom = async (
  connection: NatsConnection,
  stream: 'events' | 'master',
  subject: string,
  seq: number,
): Promise<Delivered | undefined> => {
  const name = streamName[stream];
  const asked = JSON.stringify({ seq, next_by_subj: subject });
  const message = await connection.request(`$JS.API.DIRECT.GET.${name}`, asked, { timeout: ANSWER_WITHIN_MS });
  if (message.headers?.code === NONE_YET) return undefined;
  const [found, number] = [message.headers?.get('Nats-Subject'), Number(message.headers?.get('Nats-Sequence'))];
  if (!found || !number) throw new Error(`${name} cannot be read: ${message.headers?.description ?? 'an answer without a sequence'}`);
  return { subject: found, payload: message.string(), stream: name, seq: number };
};

export type Extent = { readonly first: number; readonly last: number };
/** The sequences that a stream holds now. */
export const extentOf = async (connection: NatsConnection, stream: 'events' | 'master'): Promise<Extent> => {
  const manager = await connection.jetstreamManager({ checkAPI: false });
  const { state } = await manager.streams.info(streamName[stream]);
  return { first: state.first_seq, last: state.last_seq };
};
