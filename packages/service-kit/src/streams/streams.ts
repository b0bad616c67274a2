/** Streams and consumers as data. Services never create either: `provision.ts` does. */
import { consumerName, kindOfStream, serviceNames, streamName, topology, type ServiceName, type StreamKind } from '@plantops/contracts';
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

type Wanted = Pick<StreamConfig, 'name' | 'subjects' | 'discard' | 'max_age' | 'max_bytes' | 'max_msg_size' | 'max_msgs_per_subject'>;

/** What other systems publish. A full one refuses the publisher (back-pressure) instead of dropping what was acknowledged. */
const ingestStream = (tenant: string): Wanted => ({
  name: streamName.ingest(tenant),
  subjects: [`plantops.ingest.${tenant}.>`],
  discard: DiscardPolicy.New,
  max_age: nanos(7 * DAY_MS),
  max_bytes: 200 * MIB,
  max_msg_size: 64 * KIB,
  max_msgs_per_subject: -1,
});
/** What sensors measure: many and small, apart from the events so that neither holds up the other. */
const readingsStream = (tenant: string): Wanted => ({
  ...ingestStream(tenant),
  name: streamName.readings(tenant),
  subjects: [`plantops.readings.${tenant}.>`],
  max_msg_size: 128 * KIB,
  max_age: nanos(2 * DAY_MS),
});
const sharedStreams: readonly Wanted[] = [
  {
    name: streamName.events,
    subjects: ['plantops.events.>'],
    discard: DiscardPolicy.Old,
    max_age: nanos(14 * DAY_MS),
    max_bytes: 1024 * MIB,
    max_msg_size: 256 * KIB,
    max_msgs_per_subject: -1,
  },
  // Compacted: the last announcement of each plant, line and product stays for ever.
  {
    name: streamName.master,
    subjects: ['plantops.master.>'],
    discard: DiscardPolicy.New,
    max_age: 0,
    max_bytes: 512 * MIB,
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
  // Only `limits` keeps the broker's de-duplication over a restart: the other retentions forget ids with the messages.
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
  // What a killed copy had in hand comes again after this; a batch takes a small part of it.
  ack_wait: nanos(10_000),
  max_deliver: -1,
  max_ack_pending: 1_000,
  max_waiting: 64,
});

type WantedStream = {
  readonly stream: Wanted;
  readonly consumers: readonly WantedConsumer[];
  /** Consumers of earlier versions: they go when nobody takes anything from them any more. */
  readonly retired: readonly string[];
};

/** The streams of a plant with these tenants, each with the durable consumers of the services that listen to it. */
export const wantedStreams = (tenants: readonly string[]): WantedStream[] => {
  const streams = [...sharedStreams, ...tenants.flatMap((tenant) => [ingestStream(tenant), readingsStream(tenant)])];
  return streams.map((stream) => {
    const listeners = listenersTo(kindOfStream(stream.name));
    if (stream.name !== streamName.events) return { stream, consumers: listeners.map((service) => consumer(service)), retired: [] };
    return {
      stream,
      consumers: listeners.flatMap((service) => tenants.map((tenant) => consumerOfTenant(service, tenant))),
      retired: listeners,
    };
  });
};

/** What these streams reserve on the server's disk when they are made, however little is in them. */
export const reservedBytes = (tenants: readonly string[]): number =>
  wantedStreams(tenants).reduce((sum, { stream }) => sum + stream.max_bytes, 0);

const listenersTo = (kind: StreamKind): ServiceName[] =>
  serviceNames.filter((service) => (topology[service].listens as readonly StreamKind[]).includes(kind));

const consumerOfTenant = (service: ServiceName, tenant: string): WantedConsumer => ({
  ...consumer(consumerName(service, 'events', tenant)),
  filter_subject: `plantops.events.${tenant}.>`,
});

/** The stream that keeps a subject: a publish names it, so that a message never lands in another one unnoticed. */
export const streamOfSubject = (subject: string): string => {
  const [, kind, tenant = ''] = subject.split('.');
  if (kind === 'ingest' || kind === 'readings') return streamName[kind](tenant);
  return kind === 'master' ? streamName.master : kind === 'rejected' ? streamName.rejected : streamName.events;
};

/** The tenants that the server has streams for. */
export const provisionedTenants = async (connection: NatsConnection): Promise<string[]> => {
  const manager = await connection.jetstreamManager({ checkAPI: false });
  const tenants: string[] = [];
  for await (const name of manager.streams.names('plantops.ingest.*.>')) tenants.push(name.slice(streamName.ingest('').length));
  return tenants;
};
