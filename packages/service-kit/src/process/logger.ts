import { trace } from '@opentelemetry/api';
import { pino } from 'pino';
import type { Logger } from 'pino';

export type { Logger };

/**
 * Writes one JSON line for each log entry to standard output. `trace_id` joins the lines of one request in all
 * services.
 */
export const createLogger = (service: string, level: string): Logger =>
  pino({
    level,
    base: { service },
    timestamp: pino.stdTimeFunctions.isoTime,
    // Every line within a span has the id of its trace.
    mixin: () => {
      const traceId = trace.getActiveSpan()?.spanContext().traceId;
      return traceId === undefined ? {} : { trace_id: traceId };
    },
    formatters: { level: (label) => ({ level: label }) },
    redact: ['authorization', 'password', 'token', '*.authorization', '*.password', '*.token'],
  });
