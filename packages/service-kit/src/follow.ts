/** Following a stream: its messages in order from a place of the follower's choosing. Nothing is acknowledged, and no place is kept. */
import { streamName } from '@plantops/contracts';
import { consumerOpts, type JetStreamSubscription, type NatsConnection } from 'nats';
import type { Delivered } from './consume.ts';

export type Follow = {
  readonly stream: 'events' | 'master';
  /** Only messages of subjects that match. */
  readonly subject: string;
  /** The first sequence wanted; what is older is passed over. */
  readonly from: number;
  readonly on: (message: Delivered) => void;
  /** The stream cannot be followed any further. */
  readonly onLost: (error: Error) => void;
};

/** Lost messages are asked for again by the client library, in order: it makes its nameless consumer anew from where it was. */
export const followStream = async (connection: NatsConnection, { stream, subject, from, on, onLost }: Follow): Promise<() => void> => {
  const options = consumerOpts();
  options.bindStream(streamName[stream]);
  options.orderedConsumer();
  options.startSequence(Math.max(from, 1));
  options.callback((error, message) => {
    if (error) onLost(error);
    else if (message) on({ subject: message.subject, payload: message.string(), stream: message.info.stream, seq: message.seq });
  });
  const subscription: JetStreamSubscription = await connection.jetstream().subscribe(subject, options);
  return () => subscription.unsubscribe();
};

export type Extent = { readonly first: number; readonly last: number };
/** The sequences that a stream holds now. */
export const extentOf = async (connection: NatsConnection, stream: 'events' | 'master'): Promise<Extent> => {
  const manager = await connection.jetstreamManager({ checkAPI: false });
  const { state } = await manager.streams.info(streamName[stream]);
  return { first: state.first_seq, last: state.last_seq };
};
