import { afterAll, afterEach, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { describeWhere } from '@plantops/fixtures';
import { spawn } from 'node:child_process';
import { chmod, cp, mkdir, mkdtemp, readdir, realpath, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Client } from 'pg';

import { processIdentity } from '../process/process-identity.ts';
import { holdsWithin } from '../process/holds-within.ts';
import { removePostgres } from './postgres-home.ts';
import { startPostgres } from './postgres.ts';
import type { EmbeddedPostgres } from './postgres.ts';

/** Creating a cluster takes long on a slow disk. */
jest.setTimeout(60_000);

const superuserPassword = 'p@ss word/ü';
const asRoot = describeWhere(describe, process.getuid?.() === 0, 'they need root');

async function connect(url: string): Promise<Client> {
  const client = new Client({ connectionString: url });
  // A server that is killed breaks its connections; the test looks at the server.
  client.on('error', () => undefined);
  await client.connect();
  return client;
}

async function query(url: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = await connect(url);
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
}

describe('the embedded PostgreSQL', () => {
  let root: string;
  let dir: string;
  let server: EmbeddedPostgres | undefined;

  async function start(port?: number): Promise<EmbeddedPostgres> {
    server = await startPostgres({ dir, superuserPassword, port });
    return server;
  }

  beforeAll(async () => {
    root = await mkdtemp(join(tmpdir(), 'postgres-'));
    await chmod(root, 0o711);
    dir = join(root, 'postgres');
    await query((await start()).url, 'create table kept as select 42 as answer');
    await server?.stop();
  });
  afterEach(() => server?.stop());
  afterAll(async () => {
    await removePostgres(dir);
    await rm(root, { recursive: true, force: true });
  });

  const kept = async (): Promise<unknown> =>
    (await query((await start()).url, 'select answer from kept'))[0]?.['answer'];

  test('is configured to lose nothing and to listen on the loopback interface only', async () => {
    const { url } = await start();
    const settings = await query(url, 'select name, setting from pg_settings');
    const setting = (wanted: string): unknown => settings.find(({ name }) => name === wanted)?.['setting'];
    expect(setting('fsync')).toBe('on');
    expect(setting('synchronous_commit')).toBe('on');
    expect(setting('data_checksums')).toBe('on');
    expect(setting('listen_addresses')).toBe('127.0.0.1');
    expect(setting('unix_socket_directories')).toBe('');
    expect(setting('server_encoding')).toBe('UTF8');
    expect(setting('TimeZone')).toBe('UTC');
    expect(setting('max_connections')).toBe('200');
    expect(String(setting('server_version'))).toMatch(/^18\./);
  });

  test('refuses a wrong password', async () => {
    const url = new URL((await start()).url);
    url.password = 'guess';
    await expect(connect(url.href)).rejects.toThrow('password authentication failed');
  });

  test('keeps its data when it is stopped and started again', async () => {
    expect(await kept()).toBe(42);
    await server?.stop();
    expect(await server?.exited).toBe(0);
    expect(await kept()).toBe(42);
  });

  test('stops within its deadline while clients are connected', async () => {
    const { url, pid, stop } = await start();
    const client = await connect(url);
    await stop(5_000);
    expect(await server?.exited).toBe(0);
    expect(await processIdentity(pid)).toBeUndefined();
    await client.end().catch(() => undefined);
  });

  test('starts again on the same port after it was killed in the middle of a query', async () => {
    const killed = await start();
    const client = await connect(killed.url);
    const busy = client.query('select count(*) from generate_series(1, 10000000000)').catch((error: Error) => error);
    const running = async (): Promise<boolean> =>
      (
        await query(
          killed.url,
          `select 1 from pg_stat_activity where query like '%generate_series%' and pid <> pg_backend_pid()`,
        )
      ).length > 0;
    expect(await holdsWithin(running, { timeoutMs: 5_000 })).toBe(true);
    process.kill(killed.pid, 'SIGKILL');
    await killed.exited;

    const { url } = await start(killed.port);
    await busy;
    expect(await query(url, 'select answer from kept')).toEqual([{ answer: 42 }]);
  });

  test('a new start ends the server that a killed launcher left running', async () => {
    const left = await start();
    expect(await kept()).toBe(42);
    expect(await left.exited).toBe(0);
    expect(server?.pid).not.toBe(left.pid);
  });

  test('starts although the pid in an old pid file is another process now, and does not end that process', async () => {
    const { cluster } = await start();
    await server?.stop();
    const bystander = spawn(process.execPath, ['-e', 'setInterval(() => {}, 60_000)'], { stdio: 'ignore' });
    try {
      await writeFile(join(cluster, 'postmaster.pid'), `${bystander.pid}\n${cluster}\n0\n5432\n\n127.0.0.1\n\nready\n`);
      expect(await kept()).toBe(42);
      expect(bystander.exitCode ?? bystander.signalCode).toBeNull();
    } finally {
      bystander.kill('SIGKILL');
    }
  });

  test('a start that fails rejects with the reason and leaves no process', async () => {
    const taken = createServer();
    await new Promise<void>((listening) => taken.listen(0, '127.0.0.1', listening));
    const { port } = taken.address() as AddressInfo;
    let pid = 0;
    const onSpawn = (spawned: number): void => {
      pid = spawned;
    };
    try {
      await expect(startPostgres({ dir, superuserPassword, port, onSpawn })).rejects.toThrow('Address already in use');
      expect(pid).toBeGreaterThan(0);
      expect(await processIdentity(pid)).toBeUndefined();
    } finally {
      await new Promise((closed) => taken.close(closed));
    }
  });

  test('starts with a new cluster when its first start was killed while it created one', async () => {
    const half = join(root, 'half');
    await mkdir(join(half, 'initdb-killed', 'cluster'), { recursive: true });
    const fresh = await startPostgres({ dir: half, superuserPassword });
    try {
      expect(await query(fresh.url, 'select 1 as one')).toEqual([{ one: 1 }]);
      expect(await readdir(half)).not.toContain('initdb-killed');
    } finally {
      await fresh.stop();
      await removePostgres(half);
    }
  });
});

asRoot('the embedded PostgreSQL of root, in a directory that only root can enter', () => {
  let root: string;
  const at = (name: string): string => join(root, name, 'postgres');
  const start = (name: string): Promise<EmbeddedPostgres> => startPostgres({ dir: at(name), superuserPassword });

  beforeAll(async () => {
    root = await mkdtemp(join(tmpdir(), 'postgres-'));
  });
  afterAll(async () => {
    await removePostgres(at('moved'));
    await rm(root, { recursive: true, force: true });
  });

  test('its cluster is where its user can reach it, and is found again after the plant’s directory was moved', async () => {
    const first = await start('plant');
    await query(first.url, 'create table kept as select 42 as answer');
    await first.stop();
    expect(first.cluster.startsWith(await realpath(root))).toBe(false);
    expect((await stat(first.cluster)).uid).not.toBe(0);

    await rename(join(root, 'plant'), join(root, 'moved'));
    const second = await start('moved');
    expect(second.cluster).toBe(first.cluster);
    expect(await query(second.url, 'select answer from kept')).toEqual([{ answer: 42 }]);
    await second.stop();
  });

  test('is not shared with a copy of the directory', async () => {
    await cp(join(root, 'moved'), join(root, 'copy'), { recursive: true });
    await expect(start('copy')).rejects.toThrow(`belongs to ${await realpath(at('moved'))}`);
  });

  test.each(['', '{}', '{"database":""}'])(
    'a note that holds %j is refused: an empty database is not begun while there is another one',
    async (content) => {
      const note = join(at('damaged'), 'location.json');
      await mkdir(at('damaged'), { recursive: true });
      await writeFile(note, content);
      await expect(start('damaged')).rejects.toThrow(`${note} cannot be used`);
      expect(await readdir(at('damaged'))).toEqual(['location.json']);
      await rm(join(root, 'damaged'), { recursive: true });
    },
  );

  test('is deleted when its plant’s directory, below the temporary one, is gone and it was not used for a week', async () => {
    const recent = await abandonedCluster('recent');
    const old = await abandonedCluster('old');
    const eightDaysAgo = Date.now() / 1_000 - 8 * 24 * 60 * 60;
    await utimes(join(old, 'postmaster.opts'), eightDaysAgo, eightDaysAgo);
    const next = await start('next');
    await next.stop();
    await removePostgres(at('next'));

    expect((await stat(recent)).isDirectory()).toBe(true);
    await expect(stat(old)).rejects.toThrow('ENOENT');
    await rm(dirname(recent), { recursive: true });
  });

  async function abandonedCluster(name: string): Promise<string> {
    const { cluster, stop } = await start(name);
    await stop();
    await rm(join(root, name), { recursive: true });
    return cluster;
  }
});
