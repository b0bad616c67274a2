/**
 * Who talks to whom over NATS. Streams, durable consumers and the permissions of every NATS user are derived from this table,
 * so a service cannot listen to or call what it does not name here.
 */
export const serviceNames = ['production', 'downtimes', 'money-leaks', 'trials', 'sensors', 'overview', 'gateway'] as const;
export type ServiceName = (typeof serviceNames)[number];

/** Streams that each tenant has of its own: back-pressure and the broker's de-duplication stay inside a tenant. */
export const tenantStreams = ['ingest', 'readings'] as const;
export type TenantStream = (typeof tenantStreams)[number];
/** Kinds of stream; those that are not a tenant's own are one for all tenants. */
export type StreamKind = 'events' | 'master' | 'rejected' | TenantStream;

export type ServiceTopology = Readonly<{
  /** Streams it has a durable consumer on, named like itself. */
  listens: readonly Exclude<StreamKind, 'rejected'>[];
  /** Streams it reads from a place of its own choosing, without keeping one. */
  follows?: readonly ('events' | 'master')[];
  /** Services whose operations it calls. */
  calls: readonly ServiceName[];
  /** Whether it owns a database. */
  database: boolean;
}>;

export const topology: Record<ServiceName, ServiceTopology> = {
  production: { listens: ['ingest', 'master'], calls: [], database: true },
  downtimes: {
    listens: ['ingest', 'events', 'master'],
    calls: ['production'],
    database: true,
  },
  'money-leaks': { listens: ['events', 'master'], calls: ['production', 'downtimes'], database: true },
  trials: { listens: ['master'], calls: ['production'], database: true },
  sensors: { listens: ['readings', 'master'], calls: ['production'], database: true },
  overview: { listens: [], calls: ['production', 'downtimes', 'money-leaks', 'trials', 'sensors'], database: false },
  // It answers for its API keys itself, through the bus like everybody, and follows every announcement for the live stream.
  gateway: {
    listens: [],
    follows: ['events', 'master'],
    calls: ['production', 'downtimes', 'money-leaks', 'trials', 'sensors', 'overview', 'gateway'],
    database: true,
  },
};

/** Stream names; NATS allows no dots in them. */
export const streamName = {
  events: 'EVENTS',
  master: 'MASTER',
  rejected: 'REJECTED',
  ingest: (tenant: string) => `INGEST_${tenant}`,
  readings: (tenant: string) => `READINGS_${tenant}`,
};

/** The kind of a stream, by its name. */
export const kindOfStream = (name: string): StreamKind => {
  const kind = name.split('_')[0]?.toLowerCase();
  return kind === 'ingest' || kind === 'readings' || kind === 'master' || kind === 'rejected' ? kind : 'events';
};
