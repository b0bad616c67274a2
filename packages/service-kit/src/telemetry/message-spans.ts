/** Spans of messages, under whoever caused them: an announcement says in its content which trace that was. */
import { context, trace } from '@opentelemetry/api';
import { failSpan, inSpan, SpanKind, startSpan } from './spans.ts';

const TRACEPARENT = /"traceparent":"([0-9a-f-]{55})"/;
/** Where it stands in an announcement: before the data, which may say anything. */
const AMONG_THE_FIRST = 1_000;
const causeOf = (payload: string): string | undefined => TRACEPARENT.exec(payload.slice(0, AMONG_THE_FIRST))?.[1];

type About = { readonly name: string; readonly kind: SpanKind };

/** Does what is to be done with one message. What no trace has caused begins none. */
export const inMessageSpan = <T>(about: About, payload: string, work: () => Promise<T>): Promise<T> => {
  const cause = causeOf(payload);
  return cause === undefined ? work() : inSpan(about, cause, work);
};

/** The same for a batch: each message has a span of its own, all as long as the batch takes; what is done on the way stands under the first one's. */
export const inBatchSpans = async <T>(stream: string, payloads: readonly string[], work: () => Promise<T>): Promise<T> => {
  const about = { name: `process ${stream}`, kind: SpanKind.CONSUMER, attributes: { 'messaging.batch.message_count': payloads.length } };
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
};
