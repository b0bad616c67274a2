import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

/** The variables every service understands. */
export const commonConfig = {
  /** Where NATS is, with this service's own user: nats://user:password@host:port, several separated by commas. */
  PLANTOPS_NATS_URL: z.string().min(1),
  PLANTOPS_LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  /** Serves /healthz and /readyz for the platform that runs this process; absent: not at all. */
  PLANTOPS_HEALTH_PORT: z.coerce.number().int().min(1).max(65_535).optional(),
  /** The address it is served on. */
  PLANTOPS_HEALTH_HOST: z.string().min(1).default('0.0.0.0'),
  /** Serves /metrics for Prometheus beside them. */
  PLANTOPS_METRICS: z.enum(['on', 'off']).default('off'),
  /** Where traces go (OTLP over HTTP); absent: nowhere, and nothing is traced. */
  OTEL_EXPORTER_OTLP_ENDPOINT: z.url('must be the URL of a collector').optional(),
  /** The share of requests that are traced, 0 to 1; one that comes with a decision keeps it. */
  OTEL_TRACES_SAMPLER_ARG: z.coerce.number().min(0).max(1).optional(),
};
/** The variables of a service that owns a database. */
export const databaseConfig = {
  /** This service's own database under its own role, to which row level security applies. */
  PLANTOPS_DATABASE_URL: z.string().min(1),
  /** The same database under the role that owns the tables: then the service migrates when it starts. Absent: it checks. */
  PLANTOPS_DATABASE_OWNER_URL: z.string().min(1).optional(),
};

/** The variables of a service's migration. */
export const ownerConfig = { PLANTOPS_DATABASE_OWNER_URL: z.string().min(1) };

/**
 * Reads a service's variables, or says which of them are missing or wrong. One that is not set is looked for in the file of its name in
 * PLANTOPS_SECRETS_DIR: so a secret need not stand in the environment, where whatever describes a container shows it.
 */
export const configReader =
  <S extends z.ZodRawShape>(shape: S) =>
  (env: NodeJS.ProcessEnv): z.infer<z.ZodObject<S>> => {
    const parsed = z.object(shape).safeParse({ ...secretsIn(env['PLANTOPS_SECRETS_DIR'], Object.keys(shape)), ...env });
    if (parsed.success) return parsed.data;
    const faults = parsed.error.issues.map((issue) => `  ${issue.path.join('.')}: ${issue.message}`);
    throw new Error(`These environment variables do not fit:\n${faults.join('\n')}`);
  };

/** The variables of a service that has a database and nothing else of its own. */
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
