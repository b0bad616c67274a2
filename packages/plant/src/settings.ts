import { dataDirConfig } from '@plantops/operations';
import {
  configReader,
  decimal,
  flag,
  httpUrl,
  logLevel,
  natsUrl,
  port,
  postgresUrl,
  webOrigins,
} from '@plantops/service-kit';
import { isIP } from 'node:net';
import { z } from 'zod';

const variables = {
  PLANTOPS_PORT: port().default(8080),
  /** The address on which the gateway listens. Another one than the default lets other machines call it, without TLS. */
  PLANTOPS_BIND: z
    .string()
    .refine(
      (text) => isIP(text) !== 0 && !text.includes('%'),
      'must be an IP address of this machine: 127.0.0.1 for this machine alone, 0.0.0.0 for all its networks',
    )
    .default('127.0.0.1'),
  PLANTOPS_NATS_PORT: port().optional(),
  /** Three servers replicate every stream and go on while one of them is away. */
  PLANTOPS_NATS_SERVERS: z.enum(['1', '3'], 'must be 1 or 3').default('1'),
  ...dataDirConfig,
  /** The URL of an administrator of a PostgreSQL server to use instead of the embedded one. */
  PLANTOPS_DATABASE_URL: postgresUrl.optional(),
  /** A NATS server with JetStream to use instead of the embedded one. Every service then uses the user of this URL. */
  PLANTOPS_NATS_URL: natsUrl.optional(),
  PLANTOPS_DEMO: flag.default('on'),
  /** How many times faster than real time the demo runs. */
  PLANTOPS_DEMO_SPEED: decimal(0.1, 60).default(1),
  /** The origins whose web pages may call the API from browsers. Absent: none but the gateway's own. */
  PLANTOPS_CORS_ORIGINS: webOrigins.optional(),
  /** Of the gateway, which checks them: see its README. */
  PLANTOPS_TRUSTED_PROXIES: z.string().optional(),
  PLANTOPS_MAX_TOKEN_HOURS: z.string().optional(),
  PLANTOPS_MAX_SECRET_TOKEN_HOURS: z.string().optional(),
  PLANTOPS_RATE_LIMIT: flag.default('on'),
  /** Of connect, which checks it: brokers on this computer may be connected to. */
  PLANTOPS_CONNECT_ALLOW: z.string().default('127.0.0.0/8,::1'),
  /** One process for each service, or one for all of them, which needs much less memory (ADR 29). */
  PLANTOPS_PROCESSES: z.enum(['each', 'one'], 'must be "each" or "one"').default('each'),
  PLANTOPS_LOG_LEVEL: logLevel,
  /** Whether each service serves /metrics for Prometheus. Their addresses are in ready.json. */
  PLANTOPS_METRICS: flag.default('off'),
  /** The collector of the services' traces (OTLP over HTTP). Absent: nothing is traced. */
  OTEL_EXPORTER_OTLP_ENDPOINT: httpUrl('a collector').optional(),
};
export type Settings = z.infer<z.ZodObject<typeof variables>>;

/** Reads the settings from the environment. Throws an error that names each wrong variable and the remedy. */
export const readSettings = configReader(variables, ({ PLANTOPS_PORT: rest, PLANTOPS_NATS_PORT: nats }) =>
  rest === nats ? [`PLANTOPS_NATS_PORT: is the port of PLANTOPS_PORT, ${rest}: each needs a port of its own`] : [],
);
