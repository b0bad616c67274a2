import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { loadSecrets, secretFiles } from '@plantops/operations';
import { runCommand } from '../run-command.ts';
import { ROOT } from '../service-processes.ts';
import { findNatsServer } from './find-nats-server.ts';

let directory: string;
beforeAll(async () => (directory = await mkdtemp(join(tmpdir(), 'plantops-nats-conf-'))));
afterAll(() => rm(directory, { recursive: true, force: true }));

test('nats-server takes the configuration of a deployed plant, and asks for nothing that it does not know', async () => {
  const binary = await findNatsServer(join(ROOT, '.plantops/bin'));
  const version = /v(\d+)\.(\d+)/.exec(await runCommand(binary, ['--version'])) ?? [];
  const isBefore210 = Number(version[1]) === 2 && Number(version[2]) < 10;
  const servers = { natsUrl: 'nats://nats:4222', databaseUrl: 'postgres://postgres@postgres:5432/postgres' };
  const files = secretFiles(await loadSecrets(directory), { akron: 'edge', globex: 'edge' }, servers);
  const file = join(directory, 'nats.conf');
  const tried = async (name: string) => {
    await writeFile(file, files[name] as string);
    return runCommand(binary, ['-t', '-c', file]).then(
      () => 'taken',
      (error: Error) => error.message,
    );
  };
  expect(await tried('nats/nats-2.9.conf')).toBe('taken');
  expect(await tried('nats/nats.conf')).toEqual(isBefore210 ? expect.stringContaining('sync_interval') : 'taken');
});
