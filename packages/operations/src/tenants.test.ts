import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { addTenant, readTenants } from './tenants.ts';

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'plantops-tenants-'));
  await addTenant(dir, 'akron');
});
afterEach(() => rm(dir, { recursive: true, force: true }));
const fileOf = (name: string) => join(dir, 'tenants', name);

test('a tenant that is added again keeps its password; any name within the rule can be added', async () => {
  const { akron } = await readTenants(dir);
  for (const tenant of ['akron', 'constructor', '-']) await addTenant(dir, tenant);
  const tenants = await readTenants(dir);
  expect(Object.keys(tenants).sort()).toEqual(['-', 'akron', 'constructor']);
  expect(tenants['akron']).toBe(akron);
});

test.each(['', '{}', 'null', '[]', '{"edge_password":""}', '{"edge_password":"short"}', '{"edge_password":null}'])(
  'a tenant whose file holds %j has no edge user without a password: the error names file and remedy, the file stays',
  async (content) => {
    await writeFile(fileOf('akron.json'), content);
    for (const read of [() => readTenants(dir), () => addTenant(dir, 'akron')]) {
      await expect(read()).rejects.toThrow(fileOf('akron.json'));
      await expect(read()).rejects.toThrow(/backup.*edge_password/);
    }
    expect(await readFile(fileOf('akron.json'), 'utf8')).toBe(content);
  },
);

test('files that do not have the name of a tenant are skipped, each with a remark', async () => {
  const strays = ['a.b.json', 'akron copy.json', 'AKRON.json', '.json'];
  for (const name of strays) await writeFile(fileOf(name), await readFile(fileOf('akron.json')));
  await writeFile(fileOf('akron.json.0123.tmp'), '{');
  const remarks: string[] = [];
  expect(Object.keys(await readTenants(dir, (line) => void remarks.push(line)))).toEqual(['akron']);
  expect(remarks).toHaveLength(strays.length);
  for (const name of strays) expect(remarks).toContainEqual(expect.stringContaining(`${fileOf(name)} is skipped`));
});

test('in a plant that runs, a damaged file keeps its tenant as it is and no other tenant out', async () => {
  await addTenant(dir, 'globex');
  const known = await readTenants(dir);
  await writeFile(fileOf('globex.json'), '{"edge_password": "short"}');
  await writeFile(fileOf('initech.json'), '{}');
  await addTenant(dir, 'umbrella');
  const remarks: string[] = [];
  const tenants = await readTenants(dir, (line) => remarks.push(line), known);
  expect(tenants).toMatchObject(known);
  expect(Object.keys(tenants)).toEqual(['akron', 'globex', 'umbrella']);
  expect(remarks).toEqual([expect.stringContaining('globex.json'), expect.stringContaining('initech.json')]);
  await expect(readTenants(dir)).rejects.toThrow(/globex\.json.*at least 24 characters/s);
});
