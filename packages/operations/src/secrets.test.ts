import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { loadSecrets, readSecrets, type Secrets } from './secrets.ts';

let dir: string;
beforeEach(async () => (dir = await mkdtemp(join(tmpdir(), 'plantops-secrets-'))));
afterEach(() => rm(dir, { recursive: true, force: true }));

const file = () => join(dir, 'secrets.json');
const write = (content: unknown) => writeFile(file(), typeof content === 'string' ? content : JSON.stringify(content));
async function refusalOf(read: (dataDir: string) => Promise<Secrets>): Promise<string> {
  return read(dir).then(
    () => 'accepted',
    (error: Error) => error.message,
  );
}

test('the first start creates secrets, and later starts keep them', async () => {
  const made = await loadSecrets(dir);
  expect(await loadSecrets(dir)).toEqual(made);
  expect(await readSecrets(dir)).toEqual(made);
});

test('secrets that a later version needs are added; those in use stay', async () => {
  const { routes: _routes, ...older } = await loadSecrets(dir);
  const { overview: _overview, ...services } = older.services;
  await write({ ...older, services });
  await expect(readSecrets(dir)).rejects.toThrow(/lacks routes: start the plant once with this version/);
  const made = await loadSecrets(dir);
  expect(made).toMatchObject({ ...older, services });
  for (const added of [made.routes, made.services.overview.nats]) expect(added.length).toBeGreaterThanOrEqual(24);
});

test.each(['', ' \n', '{"jwt":', 'null', '[]', '{}'])(
  'a secrets.json that holds %j is refused and stays: the error names the file and the remedy',
  async (content) => {
    await write(content);
    for (const read of [loadSecrets, readSecrets]) {
      const refusal = await refusalOf(read);
      expect(refusal).toContain(file());
      expect(refusal).toMatch(/backup.*PLANTOPS_DATA_DIR/);
    }
    expect(await readFile(file(), 'utf8')).toBe(content);
  },
);

/** Ways to lose a secret in a file that is otherwise complete. */
const LOST: [field: string, value: unknown, why: string][] = [
  ['jwt', undefined, 'is missing'],
  ['postgres', '', 'at least 24 characters'],
  ['provisioner', null, 'must be a text'],
  ['routes', 'short', 'at least 24 characters'],
  ['services', undefined, ''],
  ['services.production', {}, 'services.production.nats: is missing'],
  ['services.gateway.nats', '', 'at least 24 characters'],
  ['services.sensors.database', undefined, 'is missing'],
  ['services.trials.databaseOwner', 7, 'must be a text'],
];
test.each(LOST)('without the secret %s (%j) nothing starts: the error names it', async (field, value, why) => {
  const secrets = await loadSecrets(dir);
  const names = field.split('.');
  const last = names.pop() as string;
  let parent = secrets as unknown as Record<string, unknown>;
  for (const name of names) parent = parent[name] as Record<string, unknown>;
  parent[last] = value;
  await write(secrets);
  const refusal = await refusalOf(loadSecrets);
  expect(refusal).toContain(field);
  expect(refusal).toContain(why);
  expect(refusal).toContain('backup');
});

test('an error about a file does not quote its content, which has passwords', async () => {
  const { jwt } = await loadSecrets(dir);
  await write(`{"jwt": "${jwt}" "postgres": 1}`);
  expect(await refusalOf(loadSecrets)).toContain('is not valid JSON');
  expect(await refusalOf(loadSecrets)).not.toContain(jwt.slice(0, 8));
});

test.each(['data', 'location.json'])(
  'secrets that are lost while the database exists (postgres/%s) are not made again: the database would refuse them',
  async (name) => {
    await mkdir(join(dir, 'postgres', name), { recursive: true });
    const refusal = await refusalOf(loadSecrets);
    expect(refusal).toContain(file());
    expect(refusal).toMatch(/backup.*PLANTOPS_DATA_DIR/);
    await expect(readFile(file())).rejects.toThrow('ENOENT');
  },
);
