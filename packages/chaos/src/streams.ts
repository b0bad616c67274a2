/** The messages and consumers of the broker, read as the provisioner. */
import { streamName } from '@plantops/contracts';
import { AckPolicy, DeliverPolicy, type JetStreamManager, type NatsConnection } from 'nats';

export type Kept = { readonly id: string; readonly subject: string; readonly seq: number };

const PAGE = 500;
const PAGE_MS = 10_000;
/** The evidence of half an hour, read from a server that has just been killed many times: it may take its time. */
const EVIDENCE_WITHIN_MS = 60_000;

/** Every message of a stream, in order. */
export async function readStream(connection: NatsConnection, stream: string): Promise<Kept[]> {
  const manager = await connection.jetstreamManager({ timeout: EVIDENCE_WITHIN_MS });
  const { state } = await manager.streams.info(stream);
  if (state.messages === 0) return [];
  const { name } = await manager.consumers.add(stream, {
    ack_policy: AckPolicy.None,
    deliver_policy: DeliverPolicy.All,
    inactive_threshold: 60_000_000_000,
    mem_storage: true,
  });
  const consumer = await connection.jetstream({ timeout: EVIDENCE_WITHIN_MS }).consumers.get(stream, name);
  const kept: Kept[] = [];
  while (kept.length < state.messages) {
    const before = kept.length;
    for await (const message of await consumer.fetch({
      max_messages: Math.min(PAGE, state.messages - kept.length),
      expires: PAGE_MS,
    }))
      kept.push({ id: message.json<{ id: string }>().id, subject: message.subject, seq: message.seq });
    if (kept.length === before)
      throw new Error(`${stream} reports ${state.messages} messages, but ${kept.length} can be read`);
  }
  await manager.consumers.delete(stream, name);
  return kept;
}

export type Backlog = {
  readonly stream: string;
  readonly consumer: string;
  readonly pending: number;
  readonly redelivered: number;
  /** The last sequence that it got, and the last one of its subjects. */
  readonly reached: number;
  readonly last: number;
  /**
   * It got all messages, and the stream keeps only the newest of each subject. After nats-server 2.9 was killed, it
   * waits for ever for the acknowledgement of a message that a newer one has replaced, because it cannot deliver it
   * again.
   */
  readonly mayBeReplaced: boolean;
};

/** The backlog of every durable consumer, and how many messages it got again. */
export async function backlogs(connection: NatsConnection, tenants: readonly string[]): Promise<Backlog[]> {
  const manager = await connection.jetstreamManager({ timeout: EVIDENCE_WITHIN_MS });
  const found: Backlog[] = [];
  for (const stream of [
    streamName.events,
    streamName.master,
    ...tenants.flatMap((tenant) => [streamName.ingest(tenant), streamName.readings(tenant)]),
  ])
    for await (const { name, config, num_pending, num_ack_pending, delivered } of manager.consumers.list(stream)) {
      // For one tenant's part of a stream, sequences do not show the number of messages.
      const first = config.filter_subject
        ? (await countOf(manager, stream, config.filter_subject)) - num_pending
        : delivered.stream_seq;
      const last = num_pending === 0 ? delivered.stream_seq : await lastOf(manager, stream, config.filter_subject);
      // After a power loss nats-server 2.9 may count pending messages that do not exist, so compare with the last
      // message.
      const isThrough = num_ack_pending === 0 && delivered.stream_seq >= last;
      found.push({
        stream,
        consumer: name,
        pending: isThrough ? 0 : num_pending + num_ack_pending,
        reached: delivered.stream_seq,
        last,
        mayBeReplaced: stream === streamName.master && num_pending === 0,
        redelivered: Math.max(delivered.consumer_seq - first, 0),
      });
    }
  return found;
}

const lastOf = async (manager: JetStreamManager, stream: string, last_by_subj = '>'): Promise<number> =>
  (await manager.streams.getMessage(stream, { last_by_subj })).seq;

const countOf = async (manager: JetStreamManager, stream: string, subjects_filter: string): Promise<number> =>
  Object.values((await manager.streams.info(stream, { subjects_filter })).state.subjects ?? {}).reduce(
    (sum, count) => sum + count,
    0,
  );
