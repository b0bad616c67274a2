/** Spans of messages, under the request that caused them: an event contains the traceparent of its cause. */
import { context, trace } from '@opentelemetry/api';
import { failSpan, inSpan, SpanKind, startSpan } from './spans.ts';

const TRACEPARENT = /"traceparent":"([0-9a-f-]{55})"/;
/** The traceparent stands before the event's data, where the same text could mean something else. */
const SEARCHED_CHARACTERS = 1_000;
const causeOf = (payload: string): string | undefined => TRACEPARENT.exec(payload.slice(0, SEARCHED_CHARACTERS))?.[1];

type About = { readonly name: string; readonly kind: SpanKind };

/** Does the work for one message in a span. A message without a traceparent gets none. */
export function inMessageSpan<T>(about: About, payload: string, work: () => Promise<T>): Promise<T> {
  const cause = causeOf(payload);
  return cause === undefined ? work() : inSpan(about, cause, work);
}

/**
 * Does the work for a chunk of messages. Each message with a traceparent gets its own span, as long as the work; spans
 * that the work starts are children of the first one.
 */
export async function inChunkSpans<T>(stream: string, payloads: readonly string[], work: () => Promise<T>): Promise<T> {
  const about = {
    name: `process ${stream}`,
    kind: SpanKind.CONSUMER,
    attributes: { 'messaging.batch.message_count': payloads.length },
  };
  const spans = payloads.flatMap((payload) => {
    const cause = causeOf(payload);
    return cause === undefined ? [] : [startSpan(about, cause)];
  });
  const [first] = spans;
  try {
    return await (first === undefined ? work() : context.with(trace.setSpan(context.active(), first), work));
  } catch (error) {
    for (const span of spans) failSpan(span, error);
    throw error;
  } finally {
    for (const span of spans) span.end();
  }
}
