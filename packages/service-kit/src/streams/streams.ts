/** The wanted streams and consumers, as data. `provision.ts` creates them, services never do. */
import {
  consumerName,
  kindOfStream,
  serviceNames,
  streamName,
  topology,
  type ServiceName,
  type StreamKind,
} from '@plantops/contracts';
import {
  AckPolicy,
  DeliverPolicy,
  DiscardPolicy,
  nanos,
  ReplayPolicy,
  RetentionPolicy,
  StorageType,
  type ConsumerConfig,
  type NatsConnection,
  type StreamConfig,
} from 'nats';

const KIB = 1024;
const MIB = 1024 * KIB;
const DAY_MS = 86_400_000;

type Wanted = Pick<
  StreamConfig,
  'name' | 'subjects' | 'discard' | 'max_age' | 'max_bytes' | 'max_msg_size' | 'max_msgs_per_subject'
>;

/**
 * Messages of other systems. A full stream refuses new messages (back-pressure) instead of dropping acknowledged ones.
 */
const ingestStream = (tenant: string): Wanted => ({
  name: streamName.ingest(tenant),
  subjects: [`plantops.ingest.${tenant}.>`],
  discard: DiscardPolicy.New,
  max_age: nanos(7 * DAY_MS),
  max_bytes: 200 * MIB,
  max_msg_size: 64 * KIB,
  max_msgs_per_subject: -1,
});
/** Readings of sensors: many, so they have their own stream and do not delay line events. */
const readingsStream = (tenant: string): Wanted => ({
  ...ingestStream(tenant),
  name: streamName.readings(tenant),
  subjects: [`plantops.readings.${tenant}.>`],
  max_msg_size: 128 * KIB,
  max_age: nanos(2 * DAY_MS),
});
/** What MASTER may hold of one tenant: its rows have at most 16 MiB, and an announcement is about twice its row. */
const MASTER_OF_TENANT = 32 * MIB;
/** The shared streams grow with the number of tenants, so that none takes the room of another. */
const sharedStreams = (tenants: number): readonly Wanted[] => [
  {
    name: streamName.events,
    subjects: ['plantops.events.>'],
    discard: DiscardPolicy.Old,
    max_age: nanos(14 * DAY_MS),
    max_bytes: 1024 * MIB,
    max_msg_size: 256 * KIB,
    max_msgs_per_subject: -1,
  },
  // Compacted: the last event of each plant, line, product and reason stays for ever.
  {
    name: streamName.master,
    subjects: ['plantops.master.>'],
    discard: DiscardPolicy.New,
    max_age: 0,
    max_bytes: Math.max(512 * MIB, tenants * MASTER_OF_TENANT),
    max_msg_size: 256 * KIB,
    max_msgs_per_subject: 1,
  },
  {
    name: streamName.rejected,
    subjects: ['plantops.rejected.>'],
    discard: DiscardPolicy.Old,
    max_age: nanos(7 * DAY_MS),
    max_bytes: 64 * MIB,
    max_msg_size: 128 * KIB,
    max_msgs_per_subject: -1,
  },
];

export const complete = (wanted: Wanted, replicas: number): Partial<StreamConfig> & Wanted => ({
  ...wanted,
  // Only `limits` keeps the broker's de-duplication across a restart: other policies forget the ids with the messages.
  retention: RetentionPolicy.Limits,
  storage: StorageType.File,
  num_replicas: replicas,
  max_consumers: -1,
  max_msgs: -1,
  duplicate_window: nanos(600_000),
  allow_direct: true,
});

export type WantedConsumer = Partial<ConsumerConfig> & { readonly durable_name: string };

const consumer = (durable_name: string): WantedConsumer => ({
  durable_name,
  ack_policy: AckPolicy.Explicit,
  deliver_policy: DeliverPolicy.All,
  replay_policy: ReplayPolicy.Instant,
  // Messages of a copy that was killed are delivered again after this time. Handling a chunk takes a small part of it.
  ack_wait: nanos(10_000),
  max_deliver: -1,
  max_ack_pending: 1_000,
  max_waiting: 64,
});

export type WantedStream = {
  readonly stream: Wanted;
  readonly consumers: readonly WantedConsumer[];
  /** Consumers of earlier versions. They are deleted when no copy uses them any more. */
  readonly retired: readonly string[];
};

/** The streams of a plant with these tenants, each with the durable consumers of the services that listen to it. */
export function wantedStreams(tenants: readonly string[]): WantedStream[] {
  const streams = [
    ...sharedStreams(tenants.length),
    ...tenants.flatMap((tenant) => [ingestStream(tenant), readingsStream(tenant)]),
  ];
  return streams.map((stream) => {
    const listeners = listenersTo(kindOfStream(stream.name));
    if (stream.name !== streamName.events)
      return { stream, consumers: listeners.map((service) => consumer(service)), retired: [] };
    return {
      stream,
      consumers: listeners.flatMap((service) => tenants.map((tenant) => consumerOfTenant(service, tenant))),
      retired: listeners,
    };
  });
}

/** The bytes that these streams reserve on the server's disk when they are created, even when they are empty. */
export const reservedBytes = (tenants: readonly string[]): number =>
  wantedStreams(tenants).reduce((sum, { stream }) => sum + stream.max_bytes, 0);

const listenersTo = (kind: StreamKind): ServiceName[] =>
  serviceNames.filter((service) => (topology[service].listens as readonly StreamKind[]).includes(kind));

const consumerOfTenant = (service: ServiceName, tenant: string): WantedConsumer => ({
  ...consumer(consumerName(service, 'events', tenant)),
  filter_subject: `plantops.events.${tenant}.>`,
});

/**
 * The stream of a subject. Each publish names the expected stream, so that a message cannot end up in another one
 * unnoticed.
 */
export function streamOfSubject(subject: string): string {
  const [, kind, tenant = ''] = subject.split('.');
  if (kind === 'ingest' || kind === 'readings') return streamName[kind](tenant);
  return kind === 'master' ? streamName.master : kind === 'rejected' ? streamName.rejected : streamName.events;
}

const ANSWER_WITHIN_MS = 5_000;

/** The tenants that the server has streams for. Rejects when it does not answer in time. */
export async function provisionedTenants(
  connection: NatsConnection,
  timeout: number = ANSWER_WITHIN_MS,
): Promise<string[]> {
  const manager = await connection.jetstreamManager({ checkAPI: false, timeout });
  const tenants: string[] = [];
  for await (const name of manager.streams.names('plantops.ingest.*.>'))
    tenants.push(name.slice(streamName.ingest('').length));
  return tenants;
}
