import { metrics } from '@opentelemetry/api';
import { consumerName, streamName, topology, type ServiceName, type StreamKind } from '@plantops/contracts';
import type { NatsConnection } from 'nats';
import { provisionedTenants } from '../streams/streams.ts';

/** Short, because a scrape of the metrics waits for it. */
const ANSWERED_WITHIN_MS = 1_000;
/** At most this many tenants are asked for in one scrape. */
const MOST_TENANTS = 200;
type Listened = Exclude<StreamKind, 'rejected'>;

/**
 * Reports at each scrape the messages that a service has not consumed: the sum of each kind of stream, and the largest
 * value of one tenant. Returns a function that stops it.
 */
export function observeBacklog(connection: NatsConnection, service: ServiceName): () => void {
  const meter = metrics.getMeter('plantops');
  const pending = meter.createObservableGauge('plantops.consumer.pending', {
    description: 'Messages that the service has not consumed yet',
  });
  const most = meter.createObservableGauge('plantops.consumer.pending.max', {
    description: 'The same, of the tenant with the most of them',
  });
  const look = async (result: {
    observe: (gauge: typeof pending, value: number, labels: Record<string, string>) => void;
  }) => {
    for (const kind of topology[service].listens) {
      const counts = await backlogsOf(connection, service, kind);
      const labels = { 'messaging.destination.name': kind.toUpperCase() };
      const sum = counts.reduce((all, count) => all + count, 0);
      result.observe(pending, sum, labels);
      result.observe(most, Math.max(0, ...counts), labels);
    }
  };
  // While NATS is away, or a tenant has no streams yet, nothing is reported.
  const callback = (result: Parameters<typeof look>[0]) => look(result).catch(() => undefined);
  meter.addBatchObservableCallback(callback, [pending, most]);
  return () => meter.removeBatchObservableCallback(callback, [pending, most]);
}

/** The backlog of each tenant. MASTER is shared by all tenants and has one value. */
async function backlogsOf(connection: NatsConnection, service: ServiceName, kind: Listened): Promise<number[]> {
  const manager = await connection.jetstreamManager({ checkAPI: false, timeout: ANSWERED_WITHIN_MS });
  const countOf = async (stream: string, tenant: string) => {
    const { num_pending, num_ack_pending } = await manager.consumers.info(stream, consumerName(service, kind, tenant));
    return num_pending + num_ack_pending;
  };
  if (kind === 'master') return [await countOf(streamName.master, '')];
  const tenants = (await provisionedTenants(connection)).slice(0, MOST_TENANTS);
  return Promise.all(
    tenants.map((tenant) => countOf(kind === 'events' ? streamName.events : streamName[kind](tenant), tenant)),
  );
}
