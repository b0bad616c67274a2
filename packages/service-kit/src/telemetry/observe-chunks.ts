import { metrics } from '@opentelemetry/api';
import type { Handle } from '../streams/consume.ts';
import type { Delivered } from '../streams/dead-letters.ts';
import { inChunkSpans } from './message-spans.ts';

/** The stream's name without its tenant: one label value for each tenant would be too many. */
const kindOf = (stream: string): string => stream.split('_')[0] as string;

/** Records what is consumed from streams: how long chunks take, how many messages they hold, and how many failed. */
export function observeChunks(): (handle: Handle) => Handle {
  const meter = metrics.getMeter('plantops');
  const duration = meter.createHistogram('messaging.process.duration', {
    unit: 's',
    description: 'Chunks of messages handled',
  });
  const messages = meter.createCounter('messaging.client.consumed.messages', { description: 'Messages handled' });
  return (handle) => async (chunk) => {
    const began = performance.now();
    const stream = kindOf((chunk[0] as Delivered).stream);
    const record = (outcome: 'applied' | 'failed') => {
      const labels = { 'messaging.destination.name': stream, outcome };
      duration.record((performance.now() - began) / 1000, labels);
      messages.add(chunk.length, labels);
    };
    try {
      await inChunkSpans(
        stream,
        chunk.map(({ payload }) => payload),
        () => handle(chunk),
      );
      record('applied');
    } catch (error) {
      record('failed');
      throw error;
    }
  };
}
