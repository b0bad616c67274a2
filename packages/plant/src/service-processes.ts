/** The process of each service: its entry point and its variables. */
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { serviceNames, type ServiceName } from '@plantops/contracts';
import {
  AUDIENCE,
  ISSUER,
  provisionDatabases,
  secretVariables,
  type Secrets,
  type Servers,
} from '@plantops/operations';
import { freePort } from '@plantops/servers';
import type { Settings } from './settings.ts';

export const ROOT = join(dirname(fileURLToPath(import.meta.url)), '../../..');
/**
 * On one computer each process gets little memory. The young generation is large enough that the objects of a request
 * do not outlive it: with 4 MB, collecting the old one took 40 % of the CPU (ADR 26).
 */
export const NODE_FLAGS = [
  '--conditions=@plantops/source',
  '--max-old-space-size=192',
  '--max-semi-space-size=16',
  // The old generation is collected when it has tripled, not when it has grown by a third: several times a second under load.
  '--heap-growing-percent=200',
];

/** Node's compile cache: a restart need not strip types again, which takes 20 MB and a third of the start. */
const COMPILED = join(ROOT, 'node_modules/.cache/compiled');

export type ProcessSpec = { readonly name: ServiceName; readonly entry: string; readonly env: NodeJS.ProcessEnv };

/** Metrics are served on the loopback interface only: on one computer, monitoring runs there too. */
const observed = async ({ PLANTOPS_METRICS, OTEL_EXPORTER_OTLP_ENDPOINT }: Settings): Promise<NodeJS.ProcessEnv> => ({
  ...(PLANTOPS_METRICS === 'on'
    ? { PLANTOPS_METRICS, PLANTOPS_HEALTH_HOST: '127.0.0.1', PLANTOPS_HEALTH_PORT: String(await freePort()) }
    : {}),
  ...(OTEL_EXPORTER_OTLP_ENDPOINT === undefined ? {} : { OTEL_EXPORTER_OTLP_ENDPOINT }),
});

/** Creates the database of every service that owns one, and returns the processes with their variables. */
export async function serviceProcesses(servers: Servers, secrets: Secrets, settings: Settings): Promise<ProcessSpec[]> {
  await provisionDatabases(servers.databaseUrl, secrets);
  const specs = serviceNames.map(async (name) => ({
    name,
    entry: join(ROOT, 'services', name, 'src/main.ts'),
    env: {
      PATH: process.env['PATH'],
      NODE_ENV: 'production',
      NODE_COMPILE_CACHE: COMPILED,
      PLANTOPS_LOG_LEVEL: settings.PLANTOPS_LOG_LEVEL,
      ...(await observed(settings)),
      ...secretVariables(name, servers, secrets),
      ...(name === 'gateway'
        ? {
            PLANTOPS_PORT: String(settings.PLANTOPS_PORT),
            PLANTOPS_JWT_ISSUER: ISSUER,
            PLANTOPS_JWT_AUDIENCE: AUDIENCE,
            PLANTOPS_RATE_LIMIT: settings.PLANTOPS_RATE_LIMIT,
          }
        : {}),
    },
  }));
  return Promise.all(specs);
}
