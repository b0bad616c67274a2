import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { Item, TestDatabase, type ItemRow } from '../database/database-fixture.ts';
import type { Database } from '../database/database.ts';
import { getJson } from './get-json.ts';
import { listPage } from './list-page.ts';
import { findRow, insertRow, lockRow, updateRow } from './rows.ts';

let fixture: TestDatabase;
let database: Database;
beforeAll(async () => {
  fixture = await TestDatabase.create();
  database = await fixture.open();
});
afterAll(() => fixture.drop());

const AUTHOR = { actor: 'test' };
const NOW = '2026-03-02T08:00:00.000Z';
let names = 0;
/** Every way to write and read a row, as often as there are connections, so that each has prepared the statements. */
async function useAll(): Promise<void> {
  const once = async () => {
    const added = await database.transact('akron', async (tx): Promise<ItemRow> => {
      const fields = { name: `item ${(names += 1)}`, at: NOW, tags: [] };
      const row = await insertRow(tx, Item, fields, AUTHOR, NOW);
      await updateRow(tx, Item, await lockRow(tx, Item, row.id), { at: NOW }, AUTHOR, NOW);
      await listPage(tx, Item, [], { limit: 10, sort: 'created_at' });
      return (await findRow(tx, Item, row.id)) as ItemRow;
    });
    expect(Object.keys(added)).not.toContain('of_next_version');
    expect(JSON.parse((await getJson(database, 'akron', Item, 'item', added.id)).text)).not.toHaveProperty(
      'of_next_version',
    );
  };
  await Promise.all(Array.from({ length: 16 }, once));
}

test('statements that were prepared before a newer version added a column go on working, and do not see it', async () => {
  await useAll();
  await fixture.owner.query("alter table item add column of_next_version text not null default 'added'");
  await useAll();
  const { rows } = await fixture.owner.query('select distinct of_next_version from item');
  expect(rows).toEqual([{ of_next_version: 'added' }]);
});
