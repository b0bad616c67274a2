import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { loggerOf } from './hosted-service.ts';
import { namingVariable } from './no-answer.ts';
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

test('the error says at once what is missing, wrong and misspelt, and never shows a value', () => {
  const wrong = {
    PLANTOPS_NATS_URL: 'garbage-that-is-hidden',
    PLANTOPS_LOG_LEVEL: 'noise',
    PLANTOPS_HEALTH_PORT: '0x1F90',
    PLANTOPS_METRIC: 'on',
  };
  const read = () => readConfig(wrong);
  expect(read).toThrow('PLANTOPS_NATS_URL: must be the URL of a NATS server');
  expect(read).toThrow('PLANTOPS_LOG_LEVEL: must be one of fatal');
  expect(read).toThrow('PLANTOPS_HEALTH_PORT: must be a port');
  expect(read).toThrow('PLANTOPS_DATABASE_URL: is not set');
  expect(read).toThrow('PLANTOPS_METRIC: is not known, PLANTOPS_METRICS is');
  expect(read).not.toThrow('hidden');
});

test('a wrong log level is reported in the log, at the usual level', () => {
  expect(loggerOf('any', { PLANTOPS_LOG_LEVEL: 'noise' }).level).toBe('info');
  expect(loggerOf('any', { PLANTOPS_LOG_LEVEL: 'error' }).level).toBe('error');
});

test('a server that does not answer is reported under the name of its variable, other errors as they are', () => {
  const name = namingVariable('PLANTOPS_DATABASE_URL', 'PostgreSQL', 'postgres://me:hidden@db:5433/mine');
  expect(() => name(Object.assign(new Error('connect'), { code: 'ECONNREFUSED' }))).toThrow(
    'PLANTOPS_DATABASE_URL: no PostgreSQL answers at db:5433: start it, or correct the variable',
  );
  expect(() => name(new Error('the database lacks the migrations'))).toThrow(/^the database lacks the migrations$/);
});
