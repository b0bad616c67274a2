import { trace } from '@opentelemetry/api';
import { pino } from 'pino';
import type { Logger } from 'pino';
import { LogOutput } from './log-output.ts';

export type { Logger };

/**
 * Writes one JSON line for each log entry to standard output. `trace_id` joins the lines of one request in all
 * services.
 */
export const createLogger = (service: string, level: string): Logger => {
  const output = new LogOutput((lines) =>
    logger.warn({ lines }, 'lines of the log were dropped: they could not be written'),
  );
  const logger = pino(
    {
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
    },
    output,
  );
  return logger;
};
