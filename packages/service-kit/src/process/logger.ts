import { trace } from '@opentelemetry/api';
import { pino } from 'pino';
import type { Logger } from 'pino';

export type { Logger };

/** One JSON line an event, on standard output; `trace_id` joins the lines of one request over all services. */
export const createLogger = (service: string, level: string): Logger =>
  pino({
    level,
    base: { service },
    timestamp: pino.stdTimeFunctions.isoTime,
    // Within a span of a trace every line says so.
    mixin: () => {
      const traceId = trace.getActiveSpan()?.spanContext().traceId;
      return traceId === undefined ? {} : { trace_id: traceId };
    },
    formatters: { level: (label) => ({ level: label }) },
    redact: ['authorization', 'password', 'token', '*.authorization', '*.password', '*.token'],
  });
