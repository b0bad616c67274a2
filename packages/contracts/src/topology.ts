/**
 * Which service calls and listens to which over NATS. Streams, durable consumers and the permissions of every NATS user
 * are derived from this table: a service cannot listen to or call what it does not name here.
 */
export const serviceNames = [
  'production',
  'downtimes',
  'money-leaks',
  'trials',
  'sensors',
  'connect',
  'overview',
  'gateway',
] as const;
export type ServiceName = (typeof serviceNames)[number];

/** Streams that each tenant has of its own: back-pressure and the broker's de-duplication stay inside a tenant. */
export const tenantStreams = ['ingest', 'readings'] as const;
export type TenantStream = (typeof tenantStreams)[number];
/** Kinds of stream; those that are not a tenant's own are one for all tenants. */
export type StreamKind = 'events' | 'master' | 'rejected' | TenantStream;

/**
 * The names of the operations that a service calls for its own work: reads. `FOR_PEOPLE`: every operation that people
 * have, writes too, with the tenant, the roles and the name of a person whom the caller has identified.
 */
export type Calls = Readonly<Partial<Record<ServiceName, readonly string[] | typeof FOR_PEOPLE>>>;
export const FOR_PEOPLE = 'for people';

type Row = Readonly<{
  /**
   * What it consumes, by stream: everything of a tenant's own streams, and the events of the entities named here. The
   * entity is the first part of an event's type.
   */
  consumes?: Readonly<Partial<Record<TenantStream, 'everything'> & Record<'events' | 'master', readonly string[]>>>;
  /** The tenants' own streams that it publishes into, as their line systems do. */
  publishes?: readonly TenantStream[];
  /** Streams it reads without a durable consumer, from any position. */
  follows?: readonly ('events' | 'master')[];
  /** Whether it refuses callers of tenants that the plant does not have: it may list the streams. */
  checksTenants?: boolean;
  /** The operations of other services that it calls, by service. Its NATS user may call no others. */
  calls: Calls;
  /** Whether it owns a database. */
  database: boolean;
}>;
type Listened = Exclude<StreamKind, 'rejected'>;
/** With the streams it has a durable consumer on: those that it consumes something of. */
export type ServiceTopology = Row & Readonly<{ listens: readonly Listened[] }>;

const row = (declared: Row): ServiceTopology => ({
  ...declared,
  listens: Object.keys(declared.consumes ?? {}) as Listened[],
});

export const topology: Record<ServiceName, ServiceTopology> = {
  production: row({ consumes: { ingest: 'everything', master: ['line', 'product'] }, calls: {}, database: true }),
  downtimes: row({
    consumes: {
      ingest: 'everything',
      events: ['batch', 'money_leak', 'connection'],
      master: ['plant', 'line', 'settings'],
    },
    calls: { production: ['get-line', 'get-plant', 'get-batch'] },
    database: true,
  }),
  // Every event that changes minutes or units, and the master data with their prices.
  'money-leaks': row({
    consumes: {
      events: ['downtime', 'state', 'batch', 'count', 'scrap', 'trial'],
      master: ['plant', 'line', 'product'],
    },
    calls: {
      production: ['get-line', 'get-plant', 'get-product', 'get-batch', 'get-rows'],
      downtimes: ['get-rows'],
    },
    database: true,
  }),
  trials: row({
    consumes: { master: ['line'] },
    calls: { production: ['get-line', 'get-batch'] },
    database: true,
  }),
  sensors: row({
    consumes: { readings: 'everything', master: ['plant', 'line'] },
    calls: { production: ['get-line'] },
    database: true,
  }),
  connect: row({ publishes: ['ingest'], calls: {}, database: true }),
  overview: row({
    calls: {
      production: ['get-figures'],
      downtimes: ['get-figures'],
      'money-leaks': ['get-figures'],
      trials: ['get-figures'],
      sensors: ['get-figures'],
    },
    database: false,
  }),
  // It answers the operations of API keys itself, over the bus as all services, and follows every announcement for the
  // live streams.
  gateway: row({
    follows: ['events', 'master'],
    checksTenants: true,
    calls: {
      production: FOR_PEOPLE,
      downtimes: FOR_PEOPLE,
      'money-leaks': FOR_PEOPLE,
      trials: FOR_PEOPLE,
      sensors: FOR_PEOPLE,
      connect: FOR_PEOPLE,
      overview: FOR_PEOPLE,
      gateway: FOR_PEOPLE,
    },
    database: true,
  }),
};

/** Whether a service consumes a tenant's own streams or publishes into them: it can reject what is in them. */
export function usesTenantStreams({ listens, publishes = [] }: ServiceTopology): boolean {
  return publishes.length > 0 || listens.some((kind) => kind === 'ingest' || kind === 'readings');
}

/** Whether a service consumes the events of a type; it skips the others of the stream. */
export const consumes =
  (service: ServiceName, stream: 'events' | 'master') =>
  (type: string): boolean =>
    (topology[service].consumes?.[stream] ?? []).includes(type.split('.')[0] as string);

/** Stream names; NATS allows no dots in them. */
export const streamName = {
  events: 'EVENTS',
  master: 'MASTER',
  rejected: 'REJECTED',
  ingest: (tenant: string) => `INGEST_${tenant}`,
  readings: (tenant: string) => `READINGS_${tenant}`,
};

/**
 * A service's durable consumer of a stream. EVENTS is one stream for all tenants, with a consumer for each tenant: the
 * events of one tenant do not wait behind those of another.
 */
export function consumerName(service: ServiceName, kind: StreamKind, tenant: string): string {
  return kind === 'events' ? `${service}_${tenant}` : service;
}

/** The kind of a stream, by its name. */
export function kindOfStream(name: string): StreamKind {
  const kind = name.split('_')[0]?.toLowerCase();
  return kind === 'ingest' || kind === 'readings' || kind === 'master' || kind === 'rejected' ? kind : 'events';
}
