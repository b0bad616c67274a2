import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { serviceNames, streamName, type ServiceName } from '@plantops/contracts';
import { loadSecrets, natsConf, secretFiles } from '@plantops/operations';
import { provision } from '@plantops/service-kit';
import { connect } from 'nats';
import { findNatsServer, freePort, holdsWithin, runCommand, startNatsServer } from '@plantops/servers';
import { ROOT } from './all-services.ts';

let directory: string;
beforeAll(async () => (directory = await mkdtemp(join(tmpdir(), 'plantops-nats-conf-'))));
afterAll(() => rm(directory, { recursive: true, force: true }));

test('nats-server accepts the configuration of a deployed plant that is written for its version', async () => {
  const binary = await findNatsServer(join(ROOT, '.plantops/bin'));
  const version = /v(\d+)\.(\d+)/.exec(await runCommand(binary, ['--version'])) ?? [];
  const isBefore210 = Number(version[1]) === 2 && Number(version[2]) < 10;
  const servers = { natsUrl: 'nats://nats:4222', databaseUrl: 'postgres://postgres@postgres:5432/postgres' };
  const files = secretFiles(await loadSecrets(directory), { akron: 'edge', globex: 'edge' }, servers);
  const file = join(directory, 'nats.conf');
  const tried = async (name: string) => {
    await writeFile(file, files[name] as string);
    return runCommand(binary, ['-t', '-c', file]).then(
      () => 'accepted',
      (error: Error) => error.message,
    );
  };
  expect(await tried('nats/nats-2.9.conf')).toBe('accepted');
  expect(await tried('nats/nats.conf')).toEqual(isBefore210 ? expect.stringContaining('sync_interval') : 'accepted');
});

test('three servers that get their names from the environment form a cluster, keep three replicas of streams, also by default, and reload users', async () => {
  const binary = await findNatsServer(join(ROOT, '.plantops/bin'));
  const HOST = '127.0.0.1';
  const password = 'of a service, or of the routes';
  const services = Object.fromEntries(serviceNames.map((name) => [name, password])) as Record<ServiceName, string>;
  const nodes = await Promise.all(
    [0, 1, 2].map(async (number) => ({ name: `nats-${number}`, port: await freePort(), own: await freePort() })),
  );
  const routes = nodes.map(({ own }) => ({ host: HOST, port: own }));
  const start = async ({ name, port, own }: (typeof nodes)[number]) => {
    const configFile = join(directory, `${name}.conf`);
    const users = { provisioner: 'streams', services, edges: { akron: 'edge' } };
    const cluster = { name: 'plantops', host: HOST, port: own, password, routes };
    await writeFile(configFile, natsConf({ host: HOST, port, storeDir: join(directory, name), users, cluster }));
    return startNatsServer({
      binary,
      configFile,
      logFile: join(directory, `${name}.log`),
      variables: { SERVER_NAME: name },
    });
  };
  const servers = await Promise.all(nodes.map(start));
  try {
    const url = nodes.map(({ port }) => `nats://provisioner:streams@${HOST}:${port}`).join(',');
    const isMade = () =>
      provision(url, ['akron'], { replicas: 3 }).then(
        () => true,
        () => false,
      );
    expect(await holdsWithin(isMade, { timeoutMs: 30_000, everyMs: 250 })).toBe(true);
    await provision(url, ['akron']);
    const connection = await connect({
      servers: `${HOST}:${nodes[0]?.port}`,
      user: 'provisioner',
      pass: 'streams',
      inboxPrefix: '_INBOX_provisioner',
    });
    const { config, cluster } = await (await connection.jetstreamManager()).streams.info(streamName.events);
    await connection.close();
    expect(config.num_replicas).toBe(3);
    expect([cluster?.leader, ...(cluster?.replicas ?? []).map(({ name }) => name)].sort()).toEqual(
      nodes.map(({ name }) => name),
    );
    for (const server of servers) await server.reload();
  } finally {
    await Promise.all(servers.map((server) => server.stop()));
  }
}, 90_000);

test('provisioning succeeds while the server reloads its users, time after time', async () => {
  const [HOST, port, password] = ['127.0.0.1', await freePort(), 'of a service'];
  const configFile = join(directory, 'reloaded.conf');
  const services = Object.fromEntries(serviceNames.map((name) => [name, password])) as Record<ServiceName, string>;
  const write = (edges: Record<string, string>) => {
    const users = { provisioner: 'streams', services, edges };
    return writeFile(configFile, natsConf({ host: HOST, port, storeDir: join(directory, 'reloaded'), users }));
  };
  await write({ akron: 'edge' });
  const server = await startNatsServer({
    binary: await findNatsServer(join(ROOT, '.plantops/bin')),
    configFile,
    logFile: join(directory, 'reloaded.log'),
  });
  try {
    const url = `nats://provisioner:streams@${HOST}:${port}`;
    for (let round = 0; round < 15; round++) {
      await write(round % 2 === 0 ? { akron: 'edge', globex: 'edge' } : { akron: 'edge' });
      process.kill(server.pid, 'SIGHUP');
      await provision(url, ['akron']);
    }
  } finally {
    await server.stop();
  }
}, 90_000);
