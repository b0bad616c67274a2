/** Each pod of deploy/kubernetes gets its own secrets, and exactly the variables that it reads. */
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { serviceNames } from '@plantops/contracts';
import { secretFiles, type Secrets } from '@plantops/operations';
import { runCommand } from '@plantops/servers';
import { ROOT } from '@plantops/plant';
import { podsOf, type Pod } from './pods.ts';
import { container, everyPod, FOLDER, oneServer, overlays, podOf, production } from './renderings.ts';

/** A fake kubectl: records the name of each Secret that is applied, and the names of its files. */
const KUBECTL = `#!/usr/bin/env bash
[ "$1" = create ] || exec cat >>"$OUTPUT"
name=$4
until [ "$1" = --from-file ]; do shift; done
echo "$name:" $([ -d "$2" ] && ls "$2" || basename "$2")
`;

const word = 'a-secret-of-at-least-32-characters-length';
const secrets: Secrets = {
  jwt: word,
  postgres: word,
  provisioner: word,
  routes: word,
  services: Object.fromEntries(
    serviceNames.map((name) => [name, { nats: word, database: word, databaseOwner: word }]),
  ) as Secrets['services'],
};
const files = secretFiles(
  secrets,
  { akron: word },
  { natsUrl: 'nats://nats:4222', databaseUrl: 'postgres://postgres:5432/postgres' },
);
const readBy = (reader: string): Record<string, string> =>
  Object.fromEntries(
    Object.entries(files).flatMap(([file, content]) =>
      file.startsWith(`${reader}/`) ? [[file.slice(reader.length + 1), content]] : [],
    ),
  );
const mounted = ({ spec }: Pod) =>
  spec.volumes.flatMap(({ secret }) => (secret === undefined ? [] : [secret.secretName]));

test.each(everyPod)('%s mounts the Secret with its own name and no other', (_name, pod) => {
  expect(mounted(pod)).toEqual([pod.name]);
});

test.each(serviceNames.flatMap((name) => overlays.map(([folder, manifests]) => [name, folder, manifests] as const)))(
  '%s of %s reads every variable that it gets, and lacks none',
  async (name, _folder, manifests) => {
    const { env = [] } = container(podOf(manifests, name));
    const given: Record<string, string> = {
      ...readBy(name),
      ...Object.fromEntries(env.map((variable) => [variable.name, variable.value ?? ''])),
    };
    const { readConfig } = (await import(join(ROOT, 'services', name, 'src/config.ts'))) as {
      readConfig: (env: object) => object;
    };
    expect(readConfig(given)).toMatchObject(
      Object.fromEntries(Object.keys(given).map((variable) => [variable, expect.anything()])),
    );
  },
);

test.each(overlays)(
  'the brokers of %s start with a file of their Secret, and get the variables that it uses',
  (_folder, manifests) => {
    const { args = [], env = [] } = container(podOf(manifests, 'nats'));
    const conf = readBy('nats')[basename(args[1] as string)] as string;
    const named = [...conf.matchAll(/: \$(\w+)/g)].map(([, variable]) => variable);
    expect(env.map(({ name }) => name)).toEqual(expect.arrayContaining(named));
    expect(named).toEqual(args[1] === '/run/secrets/nats-cluster.conf' ? ['SERVER_NAME'] : []);
  },
);

describe('the script', () => {
  let directory: string;
  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'plantops-kubernetes-'));
    await writeFile(join(directory, 'kubectl'), KUBECTL);
    await chmod(join(directory, 'kubectl'), 0o755);
  });
  afterAll(() => rm(directory, { recursive: true, force: true }));

  test.each([
    ['overlays/production', production, []],
    ['overlays/one-server', oneServer, ['--with-postgres']],
  ])(
    'creates a Secret for every pod of %s, and no others',
    async (folder, manifests, options) => {
      const file = join(directory, basename(folder));
      const env = {
        ...process.env,
        PATH: `${directory}:${process.env['PATH']}`,
        OUTPUT: file,
        PLANTOPS_TENANTS: 'akron',
        PLANTOPS_DATABASE_URL: 'postgres://postgres:5432/postgres',
      };
      await runCommand(join(FOLDER, 'secrets'), [join(directory, 'all'), ...options], { env, timeoutMs: 20_000 });
      const lines = (await readFile(file, 'utf8')).trim().split('\n');
      const filesOf = Object.fromEntries(lines.map((line) => line.split(': ') as [string, string]));
      const pods = podsOf(manifests).map(({ name }) => name);
      expect(Object.keys(filesOf).sort()).toEqual(pods.sort());
      for (const name of pods) {
        const own =
          name === 'databases' ? ['secrets.json'] : Object.keys(readBy(name.replace(/^migrate-/, 'migrations/')));
        expect([name, filesOf[name]?.split(' ').sort()]).toEqual([name, own.sort()]);
      }
    },
    30_000,
  );
});
