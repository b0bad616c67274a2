/** Each service as a process of its own: its entry, and the variables it is started with. */
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { serviceNames, topology, type ServiceName } from '@plantops/contracts';
import { provisionDatabase } from '@plantops/persistence';
import { freePort } from './free-port.ts';
import type { Secrets } from './secrets.ts';
import type { Settings } from './settings.ts';
import { AUDIENCE, ISSUER } from './tokens.ts';

export const ROOT = join(dirname(fileURLToPath(import.meta.url)), '../../..');
/** A plant on one machine: each process keeps small, also the part of its memory that is swept most often. */
export const NODE_FLAGS = ['--conditions=@plantops/source', '--max-old-space-size=192', '--max-semi-space-size=4'];

export type Infrastructure = {
  /** An administrator's URL of the PostgreSQL server. */
  readonly databaseUrl: string;
  /** The NATS server for one of its users. */
  readonly natsUrlFor: (user: string, password: string) => string;
};
export type ProcessSpec = { readonly name: ServiceName; readonly entry: string; readonly env: NodeJS.ProcessEnv };

/** The name of a service's own database, which is also the name of its role. */
const databaseOf = (service: ServiceName): string => `plantops_${service.replaceAll('-', '_')}`;

/** Who looks at a plant on one machine does so from there. */
const observed = async ({ PLANTOPS_METRICS, OTEL_EXPORTER_OTLP_ENDPOINT }: Settings): Promise<NodeJS.ProcessEnv> => ({
  ...(PLANTOPS_METRICS === 'on'
    ? { PLANTOPS_METRICS, PLANTOPS_HEALTH_HOST: '127.0.0.1', PLANTOPS_HEALTH_PORT: String(await freePort()) }
    : {}),
  ...(OTEL_EXPORTER_OTLP_ENDPOINT === undefined ? {} : { OTEL_EXPORTER_OTLP_ENDPOINT }),
});

/** Gives every service that owns a database its own on the server, and says with which variables it starts. */
export const serviceProcesses = async (infrastructure: Infrastructure, secrets: Secrets, settings: Settings): Promise<ProcessSpec[]> => {
  const specs: ProcessSpec[] = [];
  for (const name of serviceNames) {
    const { nats, database, databaseOwner } = secrets.services[name];
    const access = topology[name].database
      ? await provisionDatabase(infrastructure.databaseUrl, databaseOf(name), { service: database, owner: databaseOwner })
      : undefined;
    specs.push({
      name,
      entry: join(ROOT, 'services', name, 'src/main.ts'),
      env: {
        PATH: process.env['PATH'],
        NODE_ENV: 'production',
        PLANTOPS_LOG_LEVEL: settings.PLANTOPS_LOG_LEVEL,
        ...(await observed(settings)),
        PLANTOPS_NATS_URL: infrastructure.natsUrlFor(name, nats),
        ...(access ? { PLANTOPS_DATABASE_URL: access.url, PLANTOPS_DATABASE_OWNER_URL: access.ownerUrl } : {}),
        ...(name === 'gateway'
          ? {
              PLANTOPS_PORT: String(settings.PLANTOPS_PORT),
              PLANTOPS_JWT_SECRET: secrets.jwt,
              PLANTOPS_JWT_ISSUER: ISSUER,
              PLANTOPS_JWT_AUDIENCE: AUDIENCE,
              PLANTOPS_RATE_LIMIT: settings.PLANTOPS_RATE_LIMIT,
            }
          : {}),
      },
    });
  }
  return specs;
};
