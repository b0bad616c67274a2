import { metrics } from '@opentelemetry/api';
import type { Handle } from '../streams/consume.ts';
import type { Delivered } from '../streams/dead-letters.ts';
import { inBatchSpans } from './message-spans.ts';

/** Of a stream that each tenant has of its own, or a part of: without the tenant, whose number knows no limit here. */
const kindOf = (stream: string): string => stream.split('_')[0] as string;

/** Records what is consumed from streams: how long chunks take, how many messages they hold, and how many failed. */
export const observeBatches = (): ((handle: Handle) => Handle) => {
  const meter = metrics.getMeter('plantops');
  const duration = meter.createHistogram('messaging.process.duration', { unit: 's', description: 'Chunks of messages handled' });
  const messages = meter.createCounter('messaging.client.consumed.messages', { description: 'Messages handled' });
  return (handle) => async (batch) => {
    const began = performance.now();
    const stream = kindOf((batch[0] as Delivered).stream);
    const note = (outcome: 'applied' | 'failed') => {
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
      note('applied');
    } catch (error) {
      note('failed');
      throw error;
    }
  };
};
