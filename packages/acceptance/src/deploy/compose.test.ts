/** docker-compose.yml is written by hand. What it repeats from other declarations must stay equal to them. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { serviceNames, topology } from '@plantops/contracts';
import { parse } from 'yaml';
import { ROOT } from '@plantops/plant';

type Container = {
  readonly image: string;
  readonly build?: { readonly args: Readonly<Record<string, string>> };
  readonly environment?: Readonly<Record<string, string>>;
  readonly ports?: readonly string[];
  readonly volumes: readonly string[];
  readonly depends_on?: Readonly<Record<string, unknown>>;
} & Readonly<Record<string, unknown>>;

/** Its own file: the parser's usual limit, 100, is for files of strangers. */
const MOST_ALIASES = 1_000;
const text = readFileSync(join(ROOT, 'docker-compose.yml'), 'utf8');
const file = parse(text, { merge: true, maxAliasCount: MOST_ALIASES }) as {
  readonly services: Readonly<Record<string, Container>>;
  readonly volumes: object;
};
const containers = Object.entries(file.services);
const container = (name: string) => file.services[name] as Container;
const owners = serviceNames.filter((name) => topology[name].database);

test('it has every service, a migration for each service with a database, and builds nothing else except the jobs', () => {
  const built = containers.flatMap(([name, { build }]) =>
    build && build.args['SERVICE'] !== 'operations' ? [name] : [],
  );
  expect(built.sort()).toEqual([...serviceNames, ...owners.map((name) => `migrate-${name}`)].sort());
  for (const name of serviceNames) {
    expect(container(name).build?.args['SERVICE']).toBe(name);
    expect(container(name).image).toBe(
      `plantops/${name}:\${PLANTOPS_${name.toUpperCase().replaceAll('-', '_')}_VERSION:-latest}`,
    );
  }
  for (const name of owners) {
    expect(container(`migrate-${name}`)).toMatchObject({ image: container(name).image, build: container(name).build });
    expect(container(`migrate-${name}`).environment?.['PLANTOPS_SECRETS_DIR']).toBe(`/run/secrets/${name}`);
    expect(container(name).depends_on).toHaveProperty(
      [`migrate-${name}`, 'condition'],
      'service_completed_successfully',
    );
  }
});

test('a service mounts its own secrets and no other volume', () => {
  for (const name of serviceNames) expect(container(name).volumes).toEqual([`secrets-${name}:/run/secrets:ro`]);
});

test('the first job fills every volume of secrets, and its image has a directory for each, owned by its user', () => {
  const { volumes, build } = container('secrets');
  const targets = volumes.map((volume) => volume.split(':')[1] as string);
  expect(build?.args['MOUNT_POINTS']?.split(' ').sort()).toEqual(['/run/secrets', ...targets].sort());
  const filled = volumes.map((volume) => volume.split(':')[0]);
  expect(filled).toEqual(
    expect.arrayContaining(Object.keys(file.volumes).filter((name) => name.startsWith('secrets-'))),
  );
});

test.each(containers)('%s has minimal rights and a memory limit', (_name, declared) => {
  expect(declared).toMatchObject({ read_only: true, cap_drop: ['ALL'], security_opt: ['no-new-privileges:true'] });
  expect(declared['mem_limit']).toMatch(/^\d+[mg]$/);
});

test('only the gateway, the broker and the monitoring have ports outside; everything else may run in several copies', () => {
  expect(containers.filter(([, { ports }]) => ports !== undefined).map(([name]) => name)).toEqual([
    'nats',
    'gateway',
    'grafana',
  ]);
  for (const [, declared] of containers) expect(declared).not.toHaveProperty('container_name');
});

test('Grafana is read-only for everyone, and has no default password', () => {
  expect(container('grafana').environment).toMatchObject({
    GF_AUTH_ANONYMOUS_ORG_ROLE: 'Viewer',
    GF_AUTH_BASIC_ENABLED: 'false',
    GF_SECURITY_DISABLE_INITIAL_ADMIN_CREATION: 'true',
  });
});
