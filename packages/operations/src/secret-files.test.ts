import { expect, test } from '@jest/globals';
import { serviceNames, topology } from '@plantops/contracts';
import { databaseServersOf } from './database-servers.ts';
import { secretFiles } from './secret-files.ts';
import type { Secrets } from './secrets.ts';

const of = (service: string) => ({
  nats: `nats of ${service}`,
  database: `rows of ${service}`,
  databaseOwner: `tables of ${service}`,
});
const secrets: Secrets = {
  jwt: 'key',
  postgres: 'administrator',
  provisioner: 'streams',
  routes: 'between brokers',
  services: Object.fromEntries(serviceNames.map((name) => [name, of(name)])) as Secrets['services'],
};
const files = secretFiles(
  secrets,
  { akron: 'edge' },
  { natsUrl: 'nats://nats:4222', databaseUrl: 'postgres://postgres@postgres:5432/postgres' },
);
const filesOf = (reader: string) => Object.keys(files).filter((file) => file.startsWith(`${reader}/`));
const decoded = (text: string) => decodeURIComponent(text);

test.each([...serviceNames])('%s gets its own secrets, and no other reader gets them', (service) => {
  const mine = Object.values(of(service));
  const isMine = (file: string) =>
    file.startsWith(`${service}/`) || file.startsWith(`migrations/${service}/`) || file.startsWith('nats/');
  const others = Object.entries(files).filter(([file]) => !isMine(file));
  expect(others.length).toBeGreaterThan(serviceNames.length);
  for (const [, content] of others) for (const secret of mine) expect(decoded(content)).not.toContain(secret);
  expect(decoded(files[`${service}/PLANTOPS_NATS_URL`] as string)).toBe(
    `nats://${service}:nats of ${service}@nats:4222`,
  );
});

test('only migrations get the owner’s password: a running service cannot change its tables', () => {
  for (const service of serviceNames) {
    const owner = files[`migrations/${service}/PLANTOPS_DATABASE_OWNER_URL`];
    expect(owner !== undefined).toBe(topology[service].database);
    expect(filesOf(service).length).toBeGreaterThan(0);
    for (const file of filesOf(service)) expect(decoded(files[file] as string)).not.toContain(`tables of ${service}`);
  }
});

test('the provisioner gets every tenant that exists, also one that the variables do not name any more', () => {
  expect(files['provisioner/PLANTOPS_TENANTS']).toBe('akron');
});

test('only the gateway gets the key of tokens', () => {
  expect(Object.entries(files).filter(([, content]) => content === 'key')).toEqual([
    ['gateway/PLANTOPS_JWT_SECRET', 'key'],
  ]);
});

test('an old server, which cannot read the store of a newer one, gets its own directory', () => {
  const [newer, older] = ['nats/nats.conf', 'nats/nats-2.9.conf'].map(
    (file) => JSON.parse(files[file] as string) as Conf,
  );
  expect(newer?.jetstream).toMatchObject({ sync_interval: 'always' });
  expect(older?.jetstream).not.toHaveProperty('sync_interval');
  expect(newer?.jetstream.store_dir).not.toBe(older?.jetstream.store_dir);
  expect({ ...newer, jetstream: undefined }).toEqual({ ...older, jetstream: undefined });
});

test('the servers of a cluster share one configuration and one password; each gets its name from its environment', () => {
  const cluster = files['nats/nats-cluster.conf'] as string;
  expect(cluster).toContain('"server_name": $SERVER_NAME,');
  const conf = JSON.parse(cluster.replace('$SERVER_NAME', '"any"')) as object;
  const alone = JSON.parse(files['nats/nats.conf'] as string) as object;
  const routes = [0, 1, 2].map((number) => `nats-route://routes:between%20brokers@nats-${number}.nats-servers:6222`);
  const authorization = { user: 'routes', password: 'between brokers', timeout: 2 };
  expect(conf).toEqual({
    ...alone,
    server_name: 'any',
    cluster: { name: 'plantops', listen: '0.0.0.0:6222', authorization, routes },
  });
});

test('databases are on one server, except those of services with their own variable', () => {
  const config = {
    PLANTOPS_DATABASE_URL: 'postgres://one:5432/postgres',
    PLANTOPS_MONEY_LEAKS_DATABASE_URL: 'postgres://two:5433/postgres',
  };
  const apart = secretFiles(secrets, {}, { natsUrl: 'nats://nats:4222', databaseUrl: databaseServersOf(config) });
  const hostOf = (file: string) => new URL(apart[file] as string).host;
  for (const name of serviceNames.filter((service) => topology[service].database)) {
    const expected = name === 'money-leaks' ? 'two:5433' : 'one:5432';
    expect(hostOf(`${name}/PLANTOPS_DATABASE_URL`)).toBe(expected);
    expect(hostOf(`migrations/${name}/PLANTOPS_DATABASE_OWNER_URL`)).toBe(expected);
  }
});

type Conf = { readonly jetstream: { readonly store_dir: string } };
