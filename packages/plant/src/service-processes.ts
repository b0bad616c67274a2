/** The processes of the services: what they run, and their variables. */
import { join } from 'node:path';
import { serviceNames, type ServiceName } from '@plantops/contracts';
import { AUDIENCE, ISSUER, secretVariables, type Remark, type Secrets, type Servers } from '@plantops/operations';
import { freePort } from '@plantops/servers';
import { ALL_SERVICES, COMPILED, ROOT, VARIABLES_OF_SERVICES } from './all-services.ts';
import { prepareDatabases } from './prepare-databases.ts';
import type { Settings } from './settings.ts';

/**
 * On one computer each process gets little memory. The young generation is large enough that the objects of a request
 * do not outlive it: with 4 MB, collecting the old one took 40 % of the CPU (ADR 26).
 */
const flagsFor = (heapMb: number): readonly string[] => [
  '--conditions=@plantops/source',
  `--max-old-space-size=${heapMb}`,
  '--max-semi-space-size=16',
  // The old generation is collected when it has tripled, not when it has grown by a third: several times a second under load.
  '--heap-growing-percent=200',
];
export const NODE_FLAGS = flagsFor(192);
/** All services in one process share a heap. It has room for the caches of all of them (ADR 29). */
const FLAGS_OF_ALL = flagsFor(512);

export type ProcessSpec = {
  readonly name: string;
  /** The services that it runs. */
  readonly services: readonly ServiceName[];
  readonly entry: string;
  readonly nodeFlags: readonly string[];
  readonly env: NodeJS.ProcessEnv;
};
export type ServiceProcess = ProcessSpec & { readonly name: ServiceName };

/** Metrics are served on the loopback interface only: on one computer, monitoring runs there too. */
const observed = async ({ PLANTOPS_METRICS }: Settings): Promise<NodeJS.ProcessEnv> =>
  PLANTOPS_METRICS === 'on'
    ? { PLANTOPS_METRICS, PLANTOPS_HEALTH_HOST: '127.0.0.1', PLANTOPS_HEALTH_PORT: String(await freePort()) }
    : {};

/** The variables of a process, whichever services it runs. OpenTelemetry reads the address of the collector itself. */
const variablesOfProcess = ({ PLANTOPS_LOG_LEVEL, OTEL_EXPORTER_OTLP_ENDPOINT }: Settings): NodeJS.ProcessEnv => ({
  PATH: process.env['PATH'],
  NODE_ENV: 'production',
  NODE_COMPILE_CACHE: COMPILED,
  PLANTOPS_LOG_LEVEL,
  ...(OTEL_EXPORTER_OTLP_ENDPOINT === undefined ? {} : { OTEL_EXPORTER_OTLP_ENDPOINT }),
});

/** Settings of the gateway that it reads itself. */
const PASSED_TO_THE_GATEWAY = [
  'PLANTOPS_TRUSTED_PROXIES',
  'PLANTOPS_MAX_TOKEN_HOURS',
  'PLANTOPS_MAX_SECRET_TOKEN_HOURS',
] as const satisfies readonly (keyof Settings)[];
const given = (settings: Settings, names: typeof PASSED_TO_THE_GATEWAY): NodeJS.ProcessEnv =>
  Object.fromEntries(names.flatMap((name) => (settings[name] === undefined ? [] : [[name, settings[name]]])));

/** Prepares the databases, and returns a process for each service. `remark` takes what an administrator must do. */
export async function serviceProcesses(
  servers: Servers,
  secrets: Secrets,
  settings: Settings,
  remark: Remark = () => {},
): Promise<ServiceProcess[]> {
  await prepareDatabases(servers.databaseUrl, secrets, remark);
  const specs = serviceNames.map(async (name) => ({
    name,
    services: [name],
    entry: join(ROOT, 'services', name, 'src/main.ts'),
    nodeFlags: NODE_FLAGS,
    env: {
      ...variablesOfProcess(settings),
      ...(await observed(settings)),
      ...secretVariables(name, servers, secrets),
      ...(name === 'gateway'
        ? {
            PLANTOPS_HOST: settings.PLANTOPS_BIND,
            PLANTOPS_PORT: String(settings.PLANTOPS_PORT),
            PLANTOPS_JWT_ISSUER: ISSUER,
            PLANTOPS_JWT_AUDIENCE: AUDIENCE,
            ...(settings.PLANTOPS_CORS_ORIGINS === undefined
              ? {}
              : { PLANTOPS_CORS_ORIGINS: settings.PLANTOPS_CORS_ORIGINS.join(',') }),
            ...given(settings, PASSED_TO_THE_GATEWAY),
            PLANTOPS_RATE_LIMIT: settings.PLANTOPS_RATE_LIMIT,
          }
        : {}),
      ...(name === 'connect' ? { PLANTOPS_CONNECT_ALLOW: settings.PLANTOPS_CONNECT_ALLOW } : {}),
    },
  }));
  return Promise.all(specs);
}

/** One process with all of these services. Each reads the variables that its own process would have. */
export function inOneProcess(processes: readonly ServiceProcess[], settings: Settings): ProcessSpec {
  const variables = Object.fromEntries(processes.map(({ name, env }) => [name, env]));
  return {
    name: ALL_SERVICES,
    services: processes.map(({ name }) => name),
    entry: join(ROOT, 'packages/plant/src/run-all-services.ts'),
    nodeFlags: FLAGS_OF_ALL,
    env: { ...variablesOfProcess(settings), [VARIABLES_OF_SERVICES]: JSON.stringify(variables) },
  };
}
