import { metrics } from '@opentelemetry/api';
import { consumerName, streamName, topology, type ServiceName, type StreamKind } from '@plantops/contracts';
import type { NatsConnection } from 'nats';
import { provisionedTenants } from '../streams/streams.ts';

/** A scrape waits for it, so it is short. */
const ANSWERED_WITHIN_MS = 1_000;
/** So many tenants are looked at for one scrape. */
const MOST_TENANTS = 200;
type Listened = Exclude<StreamKind, 'rejected'>;

/** Shows at each scrape what a service has before it: in each kind of stream, and of the tenant that waits for most. Returns how to stop it. */
export const observeBacklog = (connection: NatsConnection, service: ServiceName): (() => void) => {
  const meter = metrics.getMeter('plantops');
  const pending = meter.createObservableGauge('plantops.consumer.pending', { description: 'Messages on their way to the service' });
  const most = meter.createObservableGauge('plantops.consumer.pending.max', {
    description: 'The same of the tenant that has most before it',
  });
  const look = async (result: { observe: (gauge: typeof pending, value: number, labels: Record<string, string>) => void }) => {
    for (const kind of topology[service].listens) {
      const counts = await backlogsOf(connection, service, kind);
      const labels = { 'messaging.destination.name': kind.toUpperCase() };
      const sum = counts.reduce((all, count) => all + count, 0);
      result.observe(pending, sum, labels);
      result.observe(most, Math.max(0, ...counts), labels);
    }
  };
  // While NATS is away, or a tenant's streams are not there yet, there is nothing to show.
  const callback = (result: Parameters<typeof look>[0]) => look(result).catch(() => undefined);
  meter.addBatchObservableCallback(callback, [pending, most]);
  return () => meter.removeBatchObservableCallback(callback, [pending, most]);
};

/** Of each tenant; of MASTER, which is one for all, in one. */
const backlogsOf = async (connection: NatsConnection, service: ServiceName, kind: Listened): Promise<number[]> => {
  const manager = await connection.jetstreamManager({ checkAPI: false, timeout: ANSWERED_WITHIN_MS });
  const countOf = async (stream: string, tenant: string) => {
    const { num_pending, num_ack_pending } = await manager.consumers.info(stream, consumerName(service, kind, tenant));
    return num_pending + num_ack_pending;
  };
  if (kind === 'master') return [await countOf(streamName.master, '')];
  const tenants = (await provisionedTenants(connection)).slice(0, MOST_TENANTS);
  return Promise.all(tenants.map((tenant) => countOf(kind === 'events' ? streamName.events : streamName[kind](tenant), tenant)));
};
