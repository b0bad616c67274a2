import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { CloudEvent } from '@plantops/contracts';
import { rowId } from '@plantops/fixtures';
import { TestDatabase } from '../database/database-fixture.ts';
import type { Database } from '../database/database.ts';
import { findMaster, masterByCode, rememberMaster } from './master.ts';

let fixture: TestDatabase;
let database: Database;
beforeAll(async () => {
  fixture = await TestDatabase.create();
  database = await fixture.open();
});
afterAll(() => fixture.drop());

type Line = { id: string; code: string; version: number; name: string };
const announced = (line: Line) => ({ type: 'line.updated', data: line }) as unknown as CloudEvent;
const remember = (tenant: string, ...lines: readonly Line[]) =>
  database.transact(tenant, (tx) => rememberMaster(tx, lines.map(announced)));
const known = (tenant: string, id: string) =>
  database.transact(tenant, async (tx) => (await findMaster<Line>(tx, 'line', [id])).get(id));

test.each([
  ['in order', [1, 2, 3], rowId(10)],
  ['the newest first', [3, 1, 2], rowId(11)],
  ['the newest in the middle', [2, 3, 1], rowId(12)],
])(
  'the newest version of a row is kept in any order of delivery: %s, one by one or all at once',
  async (_order, versions, id) => {
    const line = { id, code: id.slice(-2), version: 3, name: 'version 3' };
    const all = versions.map((version) => ({ ...line, version, name: `version ${version}` }));
    for (const one of all) await remember('akron', one);
    await remember('globex', ...all);
    for (const tenant of ['akron', 'globex']) expect(await known(tenant, line.id)).toEqual(line);
  },
);

test('a version that is stored already changes nothing', async () => {
  const line = { id: rowId(100), code: 'L100', version: 2, name: 'as it came first' };
  await remember('akron', line);
  await remember('akron', { ...line, name: 'another text' });
  expect(await known('akron', line.id)).toEqual(line);
});

test('a newer version may change the code: the row is found by the new code only, and by its own tenant only', async () => {
  const line = { id: rowId(101), code: 'OLD', version: 1, name: 'a line' };
  await remember('akron', line);
  await remember('akron', { ...line, code: 'NEW', version: 2 });
  const codes = (tenant: string) =>
    database.transact(tenant, async (tx) => [...(await masterByCode<Line>(tx, 'line', ['OLD', 'NEW'])).keys()]);
  expect(await codes('akron')).toEqual(['NEW']);
  expect(await codes('globex')).toEqual([]);
});
