/** Metrics and spans of a service's database (OpenTelemetry). */
import { context, metrics, SpanKind, trace, SpanStatusCode } from '@opentelemetry/api';
import type pg from 'pg';

/** Reports the connections at each scrape. Returns how to stop. */
export const observePool = (pool: pg.Pool): (() => void) => {
  const meter = metrics.getMeter('plantops');
  const connections = meter.createObservableGauge('db.client.connections.usage', {
    description: 'Connections to the own database',
  });
  const waiting = meter.createObservableGauge('db.client.connection.pending_requests', {
    description: 'Work that waits for a connection',
  });
  const look = (result: {
    observe: (gauge: typeof waiting, value: number, labels?: Record<string, string>) => void;
  }) => {
    result.observe(connections, pool.idleCount, { 'db.client.connection.state': 'idle' });
    result.observe(connections, pool.totalCount - pool.idleCount, { 'db.client.connection.state': 'used' });
    result.observe(waiting, pool.waitingCount);
  };
  meter.addBatchObservableCallback(look, [connections, waiting]);
  return () => meter.removeBatchObservableCallback(look, [connections, waiting]);
};

/** Counts dead letters. */
export const countDeadLetters = (): ((stream: string) => void) => {
  const counter = metrics
    .getMeter('plantops')
    .createCounter('plantops.dead_letters', { description: 'Messages that became dead letters' });
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
