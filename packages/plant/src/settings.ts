import { dataDirConfig } from '@plantops/operations';
import { z } from 'zod';

const flag = z.enum(['on', 'off']).default('on');
const port = z.coerce.number().int().min(1).max(65_535);

const schema = z.object({
  PLANTOPS_PORT: port.default(8080),
  PLANTOPS_NATS_PORT: port.optional(),
  /** Three keep every stream three times, and go on while one of them is away. */
  PLANTOPS_NATS_SERVERS: z.enum(['1', '3']).default('1'),
  ...dataDirConfig,
  /** An administrator's URL of a PostgreSQL server to use instead of the embedded one. */
  PLANTOPS_DATABASE_URL: z.string().min(1).optional(),
  /** A NATS server with JetStream to use instead of the embedded one; every user is then the one of this URL. */
  PLANTOPS_NATS_URL: z.string().min(1).optional(),
  PLANTOPS_DEMO: flag,
  /** How many times faster than life the demo runs. */
  PLANTOPS_DEMO_SPEED: z.coerce.number().min(0.1).max(60).default(1),
  PLANTOPS_RATE_LIMIT: flag,
  PLANTOPS_LOG_LEVEL: z.string().default('info'),
  /** Each service serves /metrics for Prometheus; where, stands in ready.json. */
  PLANTOPS_METRICS: flag.default('off'),
  /** Where the services send their traces (OTLP over HTTP); absent: nothing is traced. */
  OTEL_EXPORTER_OTLP_ENDPOINT: z.string().min(1).optional(),
});
export type Settings = z.infer<typeof schema>;

/** Reads what the person who starts the plant has set. */
export const readSettings = (env: NodeJS.ProcessEnv): Settings => {
  const parsed = schema.safeParse(env);
  if (parsed.success) return parsed.data;
  throw new Error(
    `invalid environment variables:\n${parsed.error.issues.map((issue) => `  ${issue.path.join('.')}: ${issue.message}`).join('\n')}`,
  );
};
