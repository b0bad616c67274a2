import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

/** The variables that every service reads. */
export const commonConfig = {
  /** The address of NATS and this service's own user: nats://user:password@host:port, several separated by commas. */
  PLANTOPS_NATS_URL: z.string().min(1),
  PLANTOPS_LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  /** The port of /healthz and /readyz. Absent: they are not served. */
  PLANTOPS_HEALTH_PORT: z.coerce.number().int().min(1).max(65_535).optional(),
  /** The address that they are served on. */
  PLANTOPS_HEALTH_HOST: z.string().min(1).default('0.0.0.0'),
  /** Whether /metrics is served there too, for Prometheus. */
  PLANTOPS_METRICS: z.enum(['on', 'off']).default('off'),
  /** The collector that gets the traces (OTLP over HTTP). Absent: nothing is traced. */
  OTEL_EXPORTER_OTLP_ENDPOINT: z.url('must be the URL of a collector').optional(),
  /** The share of requests that are traced, 0 to 1. A request that was decided on elsewhere keeps that decision. */
  OTEL_TRACES_SAMPLER_ARG: z.coerce.number().min(0).max(1).optional(),
};
/** The variables of a service that owns a database. */
export const databaseConfig = {
  /** This service's own database, under its own role, to which row-level security applies. */
  PLANTOPS_DATABASE_URL: z.string().min(1),
  /**
   * The same database, under the role that owns the tables: the service migrates when it starts. Absent: it only checks
   * that the tables are up to date.
   */
  PLANTOPS_DATABASE_OWNER_URL: z.string().min(1).optional(),
};

/** The variables of a service's migration. */
export const ownerConfig = { PLANTOPS_DATABASE_OWNER_URL: z.string().min(1) };

/**
 * Returns a function that reads a service's variables. It throws an error that names each variable that is missing or
 * wrong. A variable that is not set is read from the file of its name in PLANTOPS_SECRETS_DIR. So a secret need not be
 * in the environment, which tools that describe containers show.
 */
export function configReader<S extends z.ZodRawShape>(shape: S) {
  return (env: NodeJS.ProcessEnv): z.infer<z.ZodObject<S>> => {
    const parsed = z.object(shape).safeParse({ ...secretsIn(env['PLANTOPS_SECRETS_DIR'], Object.keys(shape)), ...env });
    if (parsed.success) return parsed.data;
    const faults = parsed.error.issues.map((issue) => `  ${issue.path.join('.')}: ${issue.message}`);
    throw new Error(`invalid environment variables:\n${faults.join('\n')}`);
  };
}

/** Reads the variables of a service that needs NATS and a database only. */
export const readDataConfig = configReader({ ...commonConfig, ...databaseConfig });
export type DataConfig = ReturnType<typeof readDataConfig>;

function secretsIn(directory: string | undefined, names: readonly string[]): Record<string, string> {
  const found: Record<string, string> = {};
  for (const name of directory === undefined ? [] : names) {
    try {
      found[name] = readFileSync(join(directory as string, name), 'utf8').trim();
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    }
  }
  return found;
}
