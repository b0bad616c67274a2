import { metrics } from '@opentelemetry/api';
import type { Delivered, Handle } from '../streams/consume.ts';
import { inBatchSpans } from './message-spans.ts';

/** Of a stream that each tenant has of its own, or a part of: without the tenant, whose number knows no limit here. */
const kindOf = (stream: string): string => stream.split('_')[0] as string;

/** Notes what is taken in from streams: how long batches take, how many messages they are, and how many of them failed. */
export const observeBatches = (): ((handle: Handle) => Handle) => {
  const meter = metrics.getMeter('plantops');
  const duration = meter.createHistogram('messaging.process.duration', { unit: 's', description: 'Batches taken in from a stream' });
  const messages = meter.createCounter('messaging.client.consumed.messages', { description: 'Messages taken in from a stream, or not' });
  return (handle) => async (batch) => {
    const began = performance.now();
    const stream = kindOf((batch[0] as Delivered).stream);
    const note = (outcome: 'taken_in' | 'failed') => {
      const labels = { 'messaging.destination.name': stream, outcome };
      duration.record((performance.now() - began) / 1000, labels);
      messages.add(batch.length, labels);
    };
    try {
      await inBatchSpans(
        stream,
        batch.map(({ payload }) => payload),
        () => handle(batch),
      );
      note('taken_in');
    } catch (error) {
      note('failed');
      throw error;
    }
  };
};
