import { afterEach, expect, test } from '@jest/globals';
import { tables, TestDatabase } from './database-fixture.ts';
import { Database } from './database.ts';
import { migrate } from './migrate.ts';
import { sqlMigration } from './migration.ts';

const dropped: TestDatabase[] = [];
async function create() {
  const fixture = await TestDatabase.create();
  dropped.push(fixture);
  return fixture;
}
afterEach(() => Promise.all(dropped.splice(0).map((fixture) => fixture.drop())));
const names = tables.migrations.map(({ name }) => name);

test('three copies that start at once run each migration once, and all three find the tables', async () => {
  const { ownerUrl, owner } = await create();
  const outcomes = await Promise.all([1, 2, 3].map(() => migrate({ url: ownerUrl, ...tables })));
  expect(outcomes.map((applied) => applied.length).sort()).toEqual([0, 0, 2]);
  const { rows } = await owner.query<{ name: string }>('select name from mikro_orm_migrations order by id');
  expect(rows.map(({ name }) => name)).toEqual(names);
  await expect(owner.query('select from item')).resolves.toMatchObject({ rowCount: 0 });
});

test('a migration that fails changes nothing, and the next start continues from there', async () => {
  const { ownerUrl, owner } = await create();
  const broken = [
    ...tables.migrations,
    sqlMigration('3-broken', 'create table half (id int); select no_such_function()'),
  ];
  await expect(migrate({ url: ownerUrl, entities: [], migrations: broken })).rejects.toThrow(/no_such_function/);
  const { rows } = await owner.query<{ half: string | null; item: string | null }>(
    "select to_regclass('half') as half, to_regclass('item') as item",
  );
  expect(rows).toEqual([{ half: null, item: null }]);
  expect(await migrate({ url: ownerUrl, ...tables })).toEqual(names);
});

test('a service that may not migrate refuses tables of another version', async () => {
  const { url, ownerUrl } = await create();
  const open = () => Database.open({ url, ...tables, log: { warn: () => {}, info: () => {}, error: () => {} } });
  await expect(open()).rejects.toThrow(/1-items, 2-messages/);
  await migrate({ url: ownerUrl, ...tables });
  const database = await open();
  await database.close();
});
