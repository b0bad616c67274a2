import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { Item, TestDatabase } from '../database/database-fixture.ts';
import type { Database } from '../database/database.ts';
import { getJson } from './get-json.ts';
import { insertRow } from './rows.ts';

let fixture: TestDatabase;
let database: Database;
let id: string;
const at = '2026-03-02T08:00:00.500Z';
const fields = { name: 'a "name" of 2026-03-02T08:00:00+00:00', at, tags: [{ b: 1.5 }] };

beforeAll(async () => {
  fixture = await TestDatabase.create();
  database = await fixture.open();
  ({ id } = await database.transact('akron', (tx) => insertRow(tx, Item, fields, { actor: 'ada' }, at)));
});
afterAll(() => fixture.drop());

const get = (tenant: string, row = id) => getJson(database, tenant, Item, 'item', row);

test('a row is answered as it was written, with its version', async () => {
  const answer = await get('akron');
  expect(answer.parse()).toEqual({
    id,
    tenant_id: 'akron',
    version: 1,
    created_at: at,
    updated_at: at,
    created_by: 'ada',
    updated_by: 'ada',
    ...fields,
  });
  expect(answer.version).toBe(1);
});

test('a row of another tenant is not found, however often the connections were used for its own tenant', async () => {
  // After some runs PostgreSQL keeps one plan of a prepared statement; the pool has eight connections.
  for (let round = 0; round < 20; round += 1) {
    const answers = await Promise.allSettled(
      Array.from({ length: 16 }, (_, n) => get(n % 2 === 0 ? 'akron' : 'globex')),
    );
    expect(answers.map(({ status }) => status)).toEqual(
      Array.from({ length: 16 }, (_, n) => (n % 2 === 0 ? 'fulfilled' : 'rejected')),
    );
  }
});

test('a statement that compares no tenant still sees the rows of the given tenant only', async () => {
  const all = `
    select r.*
    from (select set_config('app.tenant_id', $1, true) as id offset 0) scope,
      lateral (select count(*) as rows from item where scope.id is not null limit 1) r`;
  expect(await database.readRow('akron', all, [])).toEqual({ rows: 1 });
  expect(await database.readRow('globex', all, [])).toEqual({ rows: 0 });
});

test('the tenant of a read is gone after it: a connection of the pool sees no rows', async () => {
  await get('akron');
  expect(await database.readRow('akron', 'select count(*) as rows from item where $1::text is not null', [])).toEqual({
    rows: 0,
  });
});

test('a table of another database may have the same name and columns of other types', async () => {
  await get('akron');
  const other = await TestDatabase.create();
  const opened = await other.open();
  await other.owner.query('alter table item alter name type numeric using 0');
  await other.owner.query(
    `insert into item (id, tenant_id, version, created_at, updated_at, created_by, updated_by, name, at, tags)
     values ($1, 'akron', 1, now(), now(), 'ada', 'ada', 1.50, now(), '[]')`,
    [id],
  );
  expect((await getJson(opened, 'akron', Item, 'item', id)).parse()).toMatchObject({ name: 1.5 });
  expect((await get('akron')).parse()).toMatchObject({ name: fields.name });
  await other.drop();
});
