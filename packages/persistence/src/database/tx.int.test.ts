import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { Item, TestDatabase } from './database-fixture.ts';
import type { Database } from './database.ts';
import { insertRow } from '../rows/rows.ts';
import { sql } from './sql.ts';
import type { Tx } from './tx.ts';

let fixture: TestDatabase;
let database: Database;

beforeAll(async () => {
  fixture = await TestDatabase.create();
  // One connection, so that each transaction gets the one that the last one had.
  database = await fixture.open({ poolSize: 1 });
});
beforeEach(() => fixture.owner.query('truncate item'));
afterAll(() => fixture.drop());

const add = (tx: Tx, name: string) =>
  insertRow(tx, Item, { name, at: '2026-03-02T08:00:00.000Z', tags: [] }, { actor: 'ada' }, '2026-03-02T08:00:00.000Z');
const names = async () =>
  (await fixture.owner.query<{ name: string }>('select name from item order by name')).rows.map(({ name }) => name);

test('what still runs of a failed transaction writes nothing, neither in it nor in the next one of its connection', async () => {
  let running: Promise<unknown> = Promise.resolve();
  const failed = database.transact('akron', (tx) => {
    running = tx.query('select pg_sleep(0.05)').then(() => add(tx, 'late'));
    return Promise.all([Promise.reject(new Error('no')), running]);
  });
  const next = database.transact('globex', async (tx) => {
    await running.catch(() => undefined);
    await add(tx, 'next');
  });
  await expect(failed).rejects.toThrow('no');
  await next;
  await expect(running).rejects.toThrow('the transaction is over');
  expect(await names()).toEqual(['next']);
});

test('a statement that nobody waited for fails the transaction with its own error', async () => {
  const attempt = (more: (tx: Tx) => Promise<unknown>) =>
    database.transact('akron', async (tx) => {
      await add(tx, 'undone');
      tx.send(sql`select 1 / 0`);
      await more(tx);
    });
  await expect(attempt(async () => undefined)).rejects.toThrow('division by zero');
  await expect(attempt((tx) => add(tx, 'refused'))).rejects.toThrow('division by zero');
  expect(await names()).toEqual([]);
  expect(await database.transact('akron', (tx) => tx.query('select 1 as one'))).toEqual([{ one: 1 }]);
});

test('statements that are sent together run in their order', async () => {
  await database.transact('akron', async (tx) => {
    const counts = await Promise.all([
      add(tx, 'a').then(() => undefined),
      tx.query<{ count: number }>('select count(*) as count from item'),
      add(tx, 'b').then(() => undefined),
      tx.query<{ count: number }>('select count(*) as count from item'),
    ]);
    expect(counts).toEqual([undefined, [{ count: 1 }], undefined, [{ count: 2 }]]);
  });
});
