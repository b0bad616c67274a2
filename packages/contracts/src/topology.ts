/**
 * Who talks to whom over NATS. Streams, durable consumers and the permissions of every NATS user are derived from this table,
 * so a service cannot listen to or call what it does not name here.
 */
export const serviceNames = ['production', 'downtimes', 'money-leaks', 'trials', 'overview', 'gateway'] as const;
export type ServiceName = (typeof serviceNames)[number];

/** Kinds of stream: `ingest` is one stream per tenant, the others are one for all tenants. */
export type StreamKind = 'events' | 'master' | 'ingest' | 'rejected';

export type ServiceTopology = Readonly<{
  /** Streams it has a durable consumer on, named like itself. */
  listens: readonly Exclude<StreamKind, 'rejected'>[];
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
  'money-leaks': { listens: ['events', 'master'], calls: ['production'], database: true },
  trials: { listens: ['master'], calls: ['production'], database: true },
  overview: { listens: [], calls: ['production', 'downtimes', 'money-leaks', 'trials'], database: false },
  gateway: { listens: [], calls: ['production', 'downtimes', 'money-leaks', 'trials', 'overview'], database: false },
};

/** Stream names; NATS allows no dots in them. */
export const streamName = {
  events: 'EVENTS',
  master: 'MASTER',
  rejected: 'REJECTED',
  ingest: (tenant: string) => `INGEST_${tenant}`,
};
