/** Spans of a trace: the work of a process for one request or message. */
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

/** Does the work in a span, under the one that `traceparent` names. Passes the work its own traceparent, to send on. */
export async function inSpan<T>(
  about: About,
  traceparent: string | undefined,
  work: (traceparent: string, span: Span) => Promise<T>,
): Promise<T> {
  const span = startSpan(about, traceparent);
  try {
    return await context.with(trace.setSpan(context.active(), span), () =>
      work(traceparentOfSpan(span, traceparent), span),
    );
  } catch (error) {
    failSpan(span, error);
    throw error;
  } finally {
    span.end();
  }
}

/** Begins a span. The caller must end it. */
export const startSpan = ({ name, kind, attributes = {} }: About, traceparent: string | undefined): Span =>
  trace.getTracer('plantops').startSpan(name, { kind, attributes }, parentOf(traceparent));

export function failSpan(span: Span, error: unknown): void {
  span.setStatus({ code: SpanStatusCode.ERROR, message: error instanceof Error ? error.message : String(error) });
}

/**
 * The traceparent to send on under a span. While tracing is off it is the received one, or the start of a trace: its id
 * still joins the lines of the logs.
 */
export function traceparentOfSpan(span: Span, received: string | undefined): string {
  const { traceId, spanId, traceFlags } = span.spanContext();
  if (!isSpanContextValid(span.spanContext())) return received ?? randomTraceparent();
  return `00-${traceId}-${spanId}-${traceFlags.toString(16).padStart(2, '0')}`;
}

/** The parent that a traceparent names; without one, the current context. */
function parentOf(traceparent: string | undefined): Context {
  const parent = readTraceparent(traceparent);
  if (parent === undefined) return traceparent === undefined ? context.active() : ROOT_CONTEXT;
  return trace.setSpanContext(context.active(), {
    ...parent,
    traceFlags: parent.isSampled ? TraceFlags.SAMPLED : TraceFlags.NONE,
    isRemote: true,
  });
}
