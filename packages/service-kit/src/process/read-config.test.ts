import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { commonConfig, configReader, databaseConfig } from './read-config.ts';

const readConfig = configReader({ ...commonConfig, ...databaseConfig });

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'plantops-secrets-'));
  await writeFile(join(directory, 'PLANTOPS_NATS_URL'), 'nats://in-the-file\n');
  await writeFile(join(directory, 'PLANTOPS_DATABASE_URL'), 'postgres://in-the-file');
});
afterAll(() => rm(directory, { recursive: true, force: true }));

test('a variable may be in a file of its name; a variable in the environment overrides the file', () => {
  expect(readConfig({ PLANTOPS_SECRETS_DIR: directory, PLANTOPS_NATS_URL: 'nats://set' })).toMatchObject({
    PLANTOPS_NATS_URL: 'nats://set',
    PLANTOPS_DATABASE_URL: 'postgres://in-the-file',
  });
});

test('the error names each variable that is in neither', () => {
  expect(() => readConfig({ PLANTOPS_SECRETS_DIR: `${directory}/none` })).toThrow(
    /PLANTOPS_NATS_URL.*\n.*PLANTOPS_DATABASE_URL/,
  );
});
