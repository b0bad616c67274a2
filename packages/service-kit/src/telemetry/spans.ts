/** Spans of a trace: what a process does for one request or message, from its beginning to its end. */
import {
  context,
  isSpanContextValid,
  ROOT_CONTEXT,
  SpanKind,
  SpanStatusCode,
  trace,
  TraceFlags,
  type Attributes,
  type Context,
  type Span,
} from '@opentelemetry/api';
import { randomTraceparent, readTraceparent } from '../requests/trace.ts';

export { SpanKind } from '@opentelemetry/api';
type About = { readonly name: string; readonly kind: SpanKind; readonly attributes?: Attributes };

/** Does the work within a span, under the one that `traceparent` names; the work is told its own, to hand on. */
export const inSpan = async <T>(
  about: About,
  traceparent: string | undefined,
  work: (traceparent: string, span: Span) => Promise<T>,
): Promise<T> => {
  const span = startSpan(about, traceparent);
  try {
    return await context.with(trace.setSpan(context.active(), span), () => work(traceparentOfSpan(span, traceparent), span));
  } catch (error) {
    failSpan(span, error);
    throw error;
  } finally {
    span.end();
  }
};

/** Begins a span; whoever does so ends it. */
export const startSpan = ({ name, kind, attributes = {} }: About, traceparent: string | undefined): Span =>
  trace.getTracer('plantops').startSpan(name, { kind, attributes }, parentOf(traceparent));

export const failSpan = (span: Span, error: unknown): void => {
  span.setStatus({ code: SpanStatusCode.ERROR, message: error instanceof Error ? error.message : String(error) });
};

/** What to hand on under a span. Where nobody traces, that is what came in, or the start of a trace: its id still joins the lines of the logs. */
export const traceparentOfSpan = (span: Span, received: string | undefined): string => {
  const { traceId, spanId, traceFlags } = span.spanContext();
  if (!isSpanContextValid(span.spanContext())) return received ?? randomTraceparent();
  return `00-${traceId}-${spanId}-${traceFlags.toString(16).padStart(2, '0')}`;
};

/** The parent that a traceparent names; without one, what is at work here. */
const parentOf = (traceparent: string | undefined): Context => {
  const parent = readTraceparent(traceparent);
  if (parent === undefined) return traceparent === undefined ? context.active() : ROOT_CONTEXT;
  return trace.setSpanContext(context.active(), {
    ...parent,
    traceFlags: parent.isSampled ? TraceFlags.SAMPLED : TraceFlags.NONE,
    isRemote: true,
  });
};
