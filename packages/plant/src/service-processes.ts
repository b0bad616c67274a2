/** Each service as a process of its own: its entry, and the variables it is started with. */
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { serviceNames, type ServiceName } from '@plantops/contracts';
import { AUDIENCE, ISSUER, provisionDatabases, secretVariables, type Secrets, type Servers } from '@plantops/operations';
import { freePort } from '@plantops/servers';
import type { Settings } from './settings.ts';

export const ROOT = join(dirname(fileURLToPath(import.meta.url)), '../../..');
/** A plant on one machine: each process keeps small, also the part of its memory that is swept most often. */
export const NODE_FLAGS = ['--conditions=@plantops/source', '--max-old-space-size=192', '--max-semi-space-size=4'];

/** Where Node keeps what it has compiled: whoever starts again needs no compiler of types, which takes 20 MB and a third of the start. */
const COMPILED = join(ROOT, 'node_modules/.cache/compiled');

export type ProcessSpec = { readonly name: ServiceName; readonly entry: string; readonly env: NodeJS.ProcessEnv };

/** Who looks at a plant on one machine does so from there. */
const observed = async ({ PLANTOPS_METRICS, OTEL_EXPORTER_OTLP_ENDPOINT }: Settings): Promise<NodeJS.ProcessEnv> => ({
  ...(PLANTOPS_METRICS === 'on'
    ? { PLANTOPS_METRICS, PLANTOPS_HEALTH_HOST: '127.0.0.1', PLANTOPS_HEALTH_PORT: String(await freePort()) }
    : {}),
  ...(OTEL_EXPORTER_OTLP_ENDPOINT === undefined ? {} : { OTEL_EXPORTER_OTLP_ENDPOINT }),
});

/** Gives every service that owns a database its own on the server, and says with which variables it starts. */
export const serviceProcesses = async (servers: Servers, secrets: Secrets, settings: Settings): Promise<ProcessSpec[]> => {
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
};
