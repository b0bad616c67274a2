import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { misspelt } from './misspelt.ts';
import { decimal, flag, httpUrl, logLevel, natsUrls, port, postgresUrl, UNSET } from './variables.ts';

/** The variables that every service reads. */
export const commonConfig = {
  /** The address of NATS and this service's own user: nats://user:password@host:port, several separated by commas. */
  PLANTOPS_NATS_URL: natsUrls,
  PLANTOPS_LOG_LEVEL: logLevel,
  /** The port of /healthz and /readyz. Absent: they are not served. */
  PLANTOPS_HEALTH_PORT: port().optional(),
  /** The address that they are served on. */
  PLANTOPS_HEALTH_HOST: z.string().min(1).default('0.0.0.0'),
  /** Whether /metrics is served there too, for Prometheus. */
  PLANTOPS_METRICS: flag.default('off'),
  /** The collector that gets the traces (OTLP over HTTP). Absent: nothing is traced. */
  OTEL_EXPORTER_OTLP_ENDPOINT: httpUrl('a collector').optional(),
  /** The share of requests that are traced, 0 to 1. A request that was decided on elsewhere keeps that decision. */
  OTEL_TRACES_SAMPLER_ARG: decimal(0, 1).optional(),
};
/** The variables of a service that owns a database. */
export const databaseConfig = {
  /** This service's own database, under its own role, to which row-level security applies. */
  PLANTOPS_DATABASE_URL: postgresUrl,
  /**
   * The same database, under the role that owns the tables: the service migrates when it starts. Absent: it only checks
   * that the tables are up to date.
   */
  PLANTOPS_DATABASE_OWNER_URL: postgresUrl.optional(),
};

/** The variables of a service's migration. */
export const ownerConfig = { PLANTOPS_DATABASE_OWNER_URL: postgresUrl };

const SECRETS_DIR = 'PLANTOPS_SECRETS_DIR';

/** Returns what is wrong with variables that are fine each by itself: lines that name a variable and the remedy. */
type Check<C> = (config: C) => readonly string[];

/**
 * Returns a function that reads variables. It throws one error that names each variable that is missing, wrong or
 * misspelt, with the remedy. A variable that is not set is read from the file of its name in PLANTOPS_SECRETS_DIR. So a
 * secret need not be in the environment, which tools that describe containers show.
 */
export function configReader<S extends z.ZodRawShape>(shape: S, check: Check<z.infer<z.ZodObject<S>>> = () => []) {
  const names = Object.keys(shape);
  return (env: NodeJS.ProcessEnv): z.infer<z.ZodObject<S>> => {
    const parsed = z.object(shape).safeParse({ ...secretsIn(env[SECRETS_DIR], names), ...env }, { error: unset });
    const faults = [
      ...(parsed.success ? check(parsed.data) : parsed.error.issues.map(lineOf)),
      ...misspelt(Object.keys(env), [...names, SECRETS_DIR]),
    ];
    if (parsed.success && faults.length === 0) return parsed.data;
    throw new Error(`invalid environment variables:\n${faults.map((fault) => `  ${fault}`).join('\n')}`);
  };
}

const unset = ({ input }: { readonly input?: unknown }) => (input === undefined ? UNSET : undefined);
const lineOf = ({ path, message }: z.core.$ZodIssue): string => `${path.join('.')}: ${message}`;

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
