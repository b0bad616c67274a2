import { afterAll, afterEach, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createConnection, createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { processIdentity } from '../process/process-identity.ts';
import { findNatsServer } from './find-nats-server.ts';
import { startNatsServer } from './nats-server.ts';
import type { NatsServer } from './nats-server.ts';

/** The first run may have to download the server. */
jest.setTimeout(120_000);

/** Downloaded once for all test runs, when none is installed. */
const BIN_DIR = join(import.meta.dirname, '../../../../.plantops/bin');

/** Returns the INFO line that the server sends to every client first. */
async function greeting(url: string): Promise<{ jetstream?: boolean; auth_required?: boolean }> {
  const { hostname, port } = new URL(url);
  const socket = createConnection({ host: hostname, port: Number(port), timeout: 5_000 });
  try {
    const line = await new Promise<string>((resolve, reject) => {
      socket.once('data', (data) => resolve(data.toString('utf8')));
      socket.once('error', reject);
      socket.once('timeout', () => reject(new Error('the server sent nothing')));
    });
    return JSON.parse(line.slice('INFO '.length)) as { jetstream?: boolean; auth_required?: boolean };
  } finally {
    socket.destroy();
  }
}

describe('the embedded nats-server', () => {
  let dir: string;
  let binary: string;
  let server: NatsServer | undefined;

  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), 'nats-server-'));
    binary = await findNatsServer(BIN_DIR);
  });
  afterEach(() => server?.stop());
  afterAll(() => rm(dir, { recursive: true, force: true }));

  const configFile = (): string => join(dir, 'nats.conf');
  async function configure(listen: string, more = ''): Promise<void> {
    await writeFile(configFile(), `listen: "${listen}"\njetstream { store_dir: "${join(dir, 'js')}" }\n${more}\n`);
  }
  async function start(onSpawn?: (pid: number) => void): Promise<NatsServer> {
    server = await startNatsServer({ binary, configFile: configFile(), logFile: join(dir, 'nats.log'), onSpawn });
    return server;
  }

  test('serves clients, with JetStream, once the start has resolved', async () => {
    await configure('127.0.0.1:-1');
    const { url } = await start();
    expect(await greeting(url)).toMatchObject({ jetstream: true });
  });

  test('uses its new configuration once a reload has resolved', async () => {
    await configure('127.0.0.1:-1');
    const { url, reload } = await start();
    expect((await greeting(url)).auth_required).not.toBe(true);
    await configure('127.0.0.1:-1', 'authorization { user: edge, password: secret }');
    await reload();
    expect((await greeting(url)).auth_required).toBe(true);
  });

  test('rejects a wrong configuration with the reason and goes on with the old one', async () => {
    await configure('127.0.0.1:-1');
    const { url, reload } = await start();
    await configure('127.0.0.1:-1', 'nonsense: 1');
    await expect(reload()).rejects.toThrow('unknown field "nonsense"');
    expect(await greeting(url)).toMatchObject({ jetstream: true });
  });

  test('a start that fails rejects with the reason and leaves no process', async () => {
    const taken = createServer();
    await new Promise<void>((listening) => taken.listen(0, '127.0.0.1', listening));
    await configure(`127.0.0.1:${(taken.address() as AddressInfo).port}`);
    let pid = 0;
    const onSpawn = (spawned: number): void => {
      pid = spawned;
    };
    try {
      await expect(start(onSpawn)).rejects.toThrow('address already in use');
      expect(await processIdentity(pid)).toBeUndefined();
    } finally {
      await new Promise((closed) => taken.close(closed));
    }
  });

  test('ends cleanly when it is stopped', async () => {
    await configure('127.0.0.1:-1');
    const { pid, stop, exited } = await start();
    await stop(5_000);
    expect(await exited).toBe(0);
    expect(await processIdentity(pid)).toBeUndefined();
  });
});
