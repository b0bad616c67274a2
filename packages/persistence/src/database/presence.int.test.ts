import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { waitFor } from '@plantops/fixtures';
import { TestDatabase } from './database-fixture.ts';
import type { Database } from './database.ts';

let fixture: TestDatabase;
let database: Database;
beforeAll(async () => {
  fixture = await TestDatabase.create();
  database = await fixture.open();
});
afterAll(() => fixture.drop());

test('a lost database is reported at the first request that fails, and reported as back as soon as it answers', async () => {
  const heard: boolean[] = [];
  const forget = database.presence.onChange((isThere) => heard.push(isThere));
  const failing = database.transact('akron', async (tx) => {
    const [own] = await tx.query<{ pid: number }>('select pg_backend_pid() as pid', []);
    await database.transact('akron', (other) => other.query('select pg_terminate_backend($1)', [own?.pid]));
    await tx.query('select 1', []);
  });
  await expect(failing).rejects.toMatchObject({ code: 'service_unavailable' });
  expect(heard).toEqual([false]);
  expect(database.presence.isThere).toBe(false);
  await waitFor('the database to be back', () => database.presence.isThere);
  expect(heard).toEqual([false, true]);
  forget();
});

test('a statement that fails is not reported as a loss of the database', async () => {
  await expect(database.transact('akron', (tx) => tx.query('select 1 / 0', []))).rejects.toThrow('division by zero');
  expect(database.presence.isThere).toBe(true);
});

test('a tenant that needs more than its connections is refused in time; the database counts as there, and another tenant gets a connection', async () => {
  let release = () => {};
  const held = new Promise<void>((resolve) => (release = resolve));
  const slow = Array.from({ length: 6 }, () => database.transact('akron', () => held));
  const seventh = expect(database.transact('akron', (tx) => tx.query('select 1', []))).rejects.toMatchObject({
    code: 'service_unavailable',
  });
  await expect(database.transact('globex', (tx) => tx.query('select 1', []))).resolves.toHaveLength(1);
  await seventh;
  expect(database.presence.isThere).toBe(true);
  release();
  await Promise.all(slow);
  await expect(database.transact('akron', (tx) => tx.query('select 1', []))).resolves.toHaveLength(1);
}, 15_000);

test('connections that are all in use for too long are not reported as a loss of the database', async () => {
  let release = () => {};
  const held = new Promise<void>((resolve) => (release = resolve));
  const slow = ['akron', 'globex', 'initech'].flatMap((tenant) =>
    [1, 2, 3].map(() => database.transact(tenant, () => held)),
  );
  const outcomes = Promise.allSettled(slow);
  await expect(database.transact('hooli', (tx) => tx.query('select 1', []))).rejects.toMatchObject({
    code: 'service_unavailable',
  });
  expect(database.presence.isThere).toBe(true);
  release();
  expect((await outcomes).filter(({ status }) => status === 'fulfilled').length).toBeGreaterThanOrEqual(8);
}, 15_000);
