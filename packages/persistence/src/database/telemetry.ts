/** Metrics and spans of a service's database (OpenTelemetry). */
import { context, metrics, SpanKind, trace, SpanStatusCode } from '@opentelemetry/api';
import type pg from 'pg';
import type { Database } from './database.ts';
import { EVERY_TENANT } from './tx.ts';

const MOST_COUNTED = 10_000;

/** Reports the connections at each scrape. Returns how to stop. */
export const observePool = (pool: pg.Pool): (() => void) => {
  const meter = metrics.getMeter('plantops');
  const connections = meter.createObservableGauge('db.client.connections.usage', { description: 'Connections to the own database' });
  const waiting = meter.createObservableGauge('db.client.connection.pending_requests', { description: 'Work that waits for a connection' });
  const look = (result: { observe: (gauge: typeof waiting, value: number, labels?: Record<string, string>) => void }) => {
    result.observe(connections, pool.idleCount, { 'db.client.connection.state': 'idle' });
    result.observe(connections, pool.totalCount - pool.idleCount, { 'db.client.connection.state': 'used' });
    result.observe(waiting, pool.waitingCount);
  };
  meter.addBatchObservableCallback(look, [connections, waiting]);
  return () => meter.removeBatchObservableCallback(look, [connections, waiting]);
};

/** Reports at each scrape the events that are pending in the outbox. Returns how to stop. */
export const observeOutbox = (database: Database): (() => void) => {
  const meter = metrics.getMeter('plantops');
  const pending = meter.createObservableGauge('plantops.outbox.pending', {
    description: 'Events that are not published yet, counted up to 10,000',
  });
  const oldest = meter.createObservableGauge('plantops.outbox.oldest', {
    unit: 's',
    description: 'Age of the oldest event that is not published yet',
  });
  const look = async (result: { observe: (gauge: typeof pending, value: number) => void }) => {
    const [row] = await database.transact(EVERY_TENANT, (tx) =>
      tx.query<{ pending: number; oldest_s: number }>(
        `select (select count(*) from (select from outbox where published_at is null limit ${MOST_COUNTED}) p)::float8 as pending,
           coalesce((select extract(epoch from now() - created_at) from outbox where published_at is null order by id limit 1), 0)::float8 as oldest_s`,
        [],
      ),
    );
    result.observe(pending, row?.pending ?? 0);
    result.observe(oldest, row?.oldest_s ?? 0);
  };
  // While the database is away the gauges are missing: an alert rule looks for that.
  const callback = (result: Parameters<typeof look>[0]) => look(result).catch(() => undefined);
  meter.addBatchObservableCallback(callback, [pending, oldest]);
  return () => meter.removeBatchObservableCallback(callback, [pending, oldest]);
};

/** Counts dead letters. */
export const countDeadLetters = (): ((stream: string) => void) => {
  const counter = metrics.getMeter('plantops').createCounter('plantops.dead_letters', { description: 'Messages that became dead letters' });
  return (stream) => counter.add(1, { 'messaging.destination.name': stream.split('_')[0] as string });
};

/** Records a span for the transaction, but only inside a trace. */
export const inTransactionSpan = async <T>(work: () => Promise<T>): Promise<T> => {
  if (trace.getActiveSpan() === undefined) return work();
  const span = trace
    .getTracer('plantops')
    .startSpan('transaction', { kind: SpanKind.CLIENT, attributes: { 'db.system.name': 'postgresql' } });
  try {
    return await context.with(trace.setSpan(context.active(), span), work);
  } catch (error) {
    span.setStatus({ code: SpanStatusCode.ERROR, message: error instanceof Error ? error.message : String(error) });
    throw error;
  } finally {
    span.end();
  }
};
