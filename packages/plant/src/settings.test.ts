import { expect, test } from '@jest/globals';
import { freePort } from '@plantops/servers';
import { refuseServersThatAreAway } from './given-servers.ts';
import { readSettings } from './settings.ts';

test('services run in a process each, unless one process for all of them is asked for', () => {
  expect(readSettings({}).PLANTOPS_PROCESSES).toBe('each');
  expect(readSettings({ PLANTOPS_PROCESSES: 'one' }).PLANTOPS_PROCESSES).toBe('one');
});

test('another number of processes is refused, with the values that there are', () => {
  expect(() => readSettings({ PLANTOPS_PROCESSES: '2' })).toThrow('PLANTOPS_PROCESSES: must be "each" or "one"');
});

/** Values that nobody means, each with words of the error that names the variable. */
const NONSENSE: [variable: string, value: string, rule: string][] = [
  ['PLANTOPS_LOG_LEVEL', 'noise', 'must be one of fatal, error, warn, info, debug, trace, silent'],
  ['PLANTOPS_DATABASE_URL', 'garbage', 'postgres://user:password@host:5432/database'],
  ['PLANTOPS_DATABASE_URL', 'http://localhost:5432', 'postgres://user:password@host:5432/database'],
  ['PLANTOPS_NATS_URL', 'garbage', 'nats://user:password@host:4222'],
  ['PLANTOPS_NATS_URL', '', 'nats://user:password@host:4222'],
  ['PLANTOPS_PORT', '0x1F90', 'a whole number from 1 to 65535'],
  ['PLANTOPS_PORT', '80.5', 'a whole number from 1 to 65535'],
  ['PLANTOPS_PORT', '1e3', 'a whole number from 1 to 65535'],
  ['PLANTOPS_PORT', '', 'a whole number from 1 to 65535'],
  ['PLANTOPS_NATS_PORT', '65536', 'a whole number from 1 to 65535'],
  ['PLANTOPS_NATS_PORT', '8080', 'is the port of PLANTOPS_PORT, 8080: each needs a port of its own'],
  ['PLANTOPS_NATS_SERVERS', '2', 'must be 1 or 3'],
  ['PLANTOPS_DEMO', 'yes', 'must be "on" or "off"'],
  ['PLANTOPS_DEMO_SPEED', '0x10', 'must be a number from 0.1 to 60'],
  ['PLANTOPS_DATA_DIR', '', 'must be the path of a directory'],
  ['PLANTOPS_DATA_DIR', '/tmp/a\nb', 'without line breaks'],
  ['PLANTOPS_DATA_DIR', '/proc/x', 'not one below /proc or /sys'],
  ['PLANTOPS_DATA_DIR', '/tmp/../proc', 'not one below /proc or /sys'],
  ['PLANTOPS_BIND', 'localhost', 'must be an IP address of this machine'],
  ['PLANTOPS_BIND', '', 'must be an IP address of this machine'],
  ['PLANTOPS_BIND', '0.0.0.0:8080', 'must be an IP address of this machine'],
  ['PLANTOPS_BIND', 'fe80::1%eth0', 'must be an IP address of this machine'],
  ['PLANTOPS_CORS_ORIGINS', '*', 'origins without a path or pattern'],
  ['OTEL_EXPORTER_OTLP_ENDPOINT', 'file:///tmp/x', 'must be the URL of a collector: https://…'],
  ['PLANTOPS_DEM0', 'off', 'is not known, PLANTOPS_DEMO is: correct the name, or remove the variable'],
  ['PLANTOPS_LOGLEVEL', 'debug', 'is not known, PLANTOPS_LOG_LEVEL is'],
  ['PLANTOPS_DATABSE_URL', 'postgres://x', 'is not known, PLANTOPS_DATABASE_URL is'],
];
test.each(NONSENSE)(
  '%s=%j is refused: the error names the variable and says what to write',
  (variable, value, rule) => {
    expect(() => readSettings({ [variable]: value })).toThrow(`${variable}: ${rule.startsWith('is ') ? rule : ''}`);
    expect(() => readSettings({ [variable]: value })).toThrow(rule);
  },
);

test('all that is wrong with variables is said at once', () => {
  const said = () => readSettings({ PLANTOPS_PORT: 'x', PLANTOPS_LOG_LEVEL: 'x', PLANTOPS_DEM0: 'x' });
  expect(said).toThrow(/PLANTOPS_PORT: .*\n.*PLANTOPS_LOG_LEVEL: .*\n.*PLANTOPS_DEM0: /);
});

test('variables of other programs, and of other commands of PlantOps, are left alone', () => {
  const others = ['PLANTOPS_NATS_SERVER', 'PLANTOPS_HOST', 'PLANTOPS_TEST_LOG', 'PLANTOPS_TENANTS', 'MY_PLANTOPS_DEM0'];
  for (const name of others) expect(readSettings({ [name]: 'any' })).toEqual(readSettings({}));
});

test('each variable whose server does not answer is named, without its password', async () => {
  const closed = await freePort();
  const settings = readSettings({
    PLANTOPS_DATABASE_URL: `postgres://me:hidden@127.0.0.1:${closed}/postgres`,
    PLANTOPS_NATS_URL: `nats://me:hidden@127.0.0.1:${closed}`,
  });
  const refused = refuseServersThatAreAway(settings);
  await expect(refused).rejects.toThrow(
    `PLANTOPS_DATABASE_URL: no PostgreSQL answers at 127.0.0.1:${closed}: start it, or correct the variable\n` +
      `PLANTOPS_NATS_URL: no NATS answers at 127.0.0.1:${closed}: start it, or correct the variable`,
  );
  await expect(refused).rejects.not.toThrow('hidden');
});
