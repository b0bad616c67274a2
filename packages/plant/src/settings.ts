import { dataDirConfig } from '@plantops/operations';
import { z } from 'zod';

const flag = z.enum(['on', 'off']).default('on');
const port = z.coerce.number().int().min(1).max(65_535);

const schema = z.object({
  PLANTOPS_PORT: port.default(8080),
  PLANTOPS_NATS_PORT: port.optional(),
  /** Three servers replicate every stream and go on while one of them is away. */
  PLANTOPS_NATS_SERVERS: z.enum(['1', '3']).default('1'),
  ...dataDirConfig,
  /** The URL of an administrator of a PostgreSQL server to use instead of the embedded one. */
  PLANTOPS_DATABASE_URL: z.string().min(1).optional(),
  /** A NATS server with JetStream to use instead of the embedded one. Every service then uses the user of this URL. */
  PLANTOPS_NATS_URL: z.string().min(1).optional(),
  PLANTOPS_DEMO: flag,
  /** How many times faster than real time the demo runs. */
  PLANTOPS_DEMO_SPEED: z.coerce.number().min(0.1).max(60).default(1),
  PLANTOPS_RATE_LIMIT: flag,
  /** One process for each service, or one for all of them, which needs much less memory (ADR 29). */
  PLANTOPS_PROCESSES: z.enum(['each', 'one'], 'must be "each" or "one"').default('each'),
  PLANTOPS_LOG_LEVEL: z.string().default('info'),
  /** Whether each service serves /metrics for Prometheus. Their addresses are in ready.json. */
  PLANTOPS_METRICS: flag.default('off'),
  /** The collector of the services' traces (OTLP over HTTP). Absent: nothing is traced. */
  OTEL_EXPORTER_OTLP_ENDPOINT: z.string().min(1).optional(),
});
export type Settings = z.infer<typeof schema>;

/** Reads the settings from the environment. Throws an error that names each wrong variable. */
export function readSettings(env: NodeJS.ProcessEnv): Settings {
  const parsed = schema.safeParse(env);
  if (parsed.success) return parsed.data;
  throw new Error(
    `invalid environment variables:\n${parsed.error.issues.map((issue) => `  ${issue.path.join('.')}: ${issue.message}`).join('\n')}`,
  );
}
