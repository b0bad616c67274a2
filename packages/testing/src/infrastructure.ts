/**
 * Real PostgreSQL and NATS for a test run: the servers in PLANTOPS_TEST_DATABASE_URL and PLANTOPS_TEST_NATS_URL, else
 * containers when a Docker engine answers, else the embedded servers.
 */
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { natsConf } from '@plantops/operations';
import { findNatsServer, removePostgres, startNatsServer, startPostgres } from '@plantops/servers';
import { natsUsers, PASSWORD, TEST_TENANTS } from '@plantops/fixtures';

/**
 * Each worker has its own NATS server, so that test files that run at the same time do not get each other's messages.
 */
export const WORKERS = 2;
export type Servers = {
  readonly how: string;
  readonly databaseUrl: string;
  readonly natsUrls: readonly string[];
  readonly stop: () => Promise<void>;
};
type Part<T> = { readonly how: string; readonly value: T; readonly stop: () => Promise<void> };

export async function startServers(): Promise<Servers> {
  const docker = await dockerAnswers();
  const [database, nats] = await Promise.all([
    givenDatabase() ?? (docker ? orElse(containerDatabase, embeddedDatabase) : embeddedDatabase()),
    givenNats() ?? (docker ? orElse(containerNats, embeddedNats) : embeddedNats()),
  ]);
  return {
    how: `PostgreSQL: ${database.how}; NATS: ${nats.how}`,
    databaseUrl: database.value,
    natsUrls: nats.value,
    stop: async () => void (await Promise.allSettled([database.stop(), nats.stop()])),
  };
}

/**
 * Starts the container, else the embedded server: an engine may answer and still have no images and no way to get them.
 */
async function orElse<T>(container: () => Promise<Part<T>>, embedded: () => Promise<Part<T>>): Promise<Part<T>> {
  try {
    return await container();
  } catch (error) {
    process.stderr.write(`A Docker engine answers, but its container could not be used (${String(error)}).\n`);
    return embedded();
  }
}

function given<T>(variable: string, value: (url: string) => T): Promise<Part<T>> | undefined {
  const url = process.env[variable];
  return url === undefined ? undefined : Promise.resolve({ how: variable, value: value(url), stop: async () => {} });
}
const givenDatabase = () => given('PLANTOPS_TEST_DATABASE_URL', (url) => url);
const givenNats = () => given('PLANTOPS_TEST_NATS_URL', (url) => [url]);

async function dockerAnswers(): Promise<boolean> {
  if (process.env['DOCKER_HOST'] === undefined && !existsSync('/var/run/docker.sock')) return false;
  // The teardown stops the containers. A reaper would be another image to download.
  process.env['TESTCONTAINERS_RYUK_DISABLED'] ??= 'true';
  const { getContainerRuntimeClient } = await import('testcontainers');
  return getContainerRuntimeClient().then(
    () => true,
    () => false,
  );
}

async function containerDatabase(): Promise<Part<string>> {
  const { GenericContainer, Wait } = await import('testcontainers');
  const container = await new GenericContainer('postgres:18')
    .withEnvironment({ POSTGRES_PASSWORD: PASSWORD })
    .withCommand(['postgres', '-c', 'max_connections=300'])
    .withExposedPorts(5432)
    // The image's set-up runs a server that listens on a socket only, so wait for an answer over TCP.
    .withWaitStrategy(Wait.forSuccessfulCommand('pg_isready --host 127.0.0.1 --username postgres'))
    .start();
  return {
    how: 'testcontainers (postgres:18)',
    value: `postgres://postgres:${PASSWORD}@${container.getHost()}:${container.getMappedPort(5432)}/postgres`,
    stop: async () => void (await container.stop()),
  };
}

async function containerNats(): Promise<Part<string[]>> {
  const { GenericContainer, Wait } = await import('testcontainers');
  const content = natsConf({ host: '0.0.0.0', port: 4222, storeDir: '/tmp/jetstream', users: natsUsers(TEST_TENANTS) });
  const containers = await Promise.all(
    Array.from({ length: WORKERS }, () =>
      new GenericContainer('nats:2.12')
        .withCopyContentToContainer([{ content, target: '/etc/nats-test.conf' }])
        .withCommand(['--config', '/etc/nats-test.conf'])
        .withExposedPorts(4222)
        .withWaitStrategy(Wait.forLogMessage(/Server is ready/))
        .start(),
    ),
  );
  return {
    how: 'testcontainers (nats:2.12)',
    value: containers.map((container) => `nats://${container.getHost()}:${container.getMappedPort(4222)}`),
    stop: async () => void (await Promise.all(containers.map((container) => container.stop()))),
  };
}

async function embeddedDatabase(): Promise<Part<string>> {
  const dir = await mkdtemp(join(tmpdir(), 'plantops-test-postgres-'));
  const server = await startPostgres({ dir, superuserPassword: PASSWORD, settings: { max_connections: '300' } });
  const stop = async () => {
    await server.stop();
    await removePostgres(dir);
    await rm(dir, { recursive: true, force: true });
  };
  return { how: 'embedded', value: server.url, stop };
}

async function embeddedNats(): Promise<Part<string[]>> {
  const binary = await findNatsServer(join(import.meta.dirname, '../../../.plantops/bin'));
  const servers = await Promise.all(
    Array.from({ length: WORKERS }, async () => {
      const dir = await mkdtemp(join(tmpdir(), 'plantops-test-nats-'));
      const configFile = join(dir, 'nats.conf');
      await writeFile(
        configFile,
        natsConf({ host: '127.0.0.1', port: -1, storeDir: join(dir, 'jetstream'), users: natsUsers(TEST_TENANTS) }),
        { mode: 0o600 },
      );
      return { dir, server: await startNatsServer({ binary, configFile, logFile: join(dir, 'nats-server.log') }) };
    }),
  );
  const stop = async () => {
    await Promise.all(servers.map(({ server }) => server.stop()));
    await Promise.all(servers.map(({ dir }) => rm(dir, { recursive: true, force: true })));
  };
  return { how: 'embedded', value: servers.map(({ server }) => server.url), stop };
}
