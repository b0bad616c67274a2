import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { isReplayed, Problem } from '@plantops/contracts';
import { Item, TestDatabase, type ItemRow } from '../database/database-fixture.ts';
import type { Database } from '../database/database.ts';
import { forgetKeys, runCommand, type Commander } from './idempotency.ts';
import { insertRow } from './rows.ts';

let own: TestDatabase;
let database: Database;
let other: Database;
beforeAll(async () => {
  own = await TestDatabase.create();
  database = await own.open();
  other = await own.open();
});
afterAll(() => own.drop());

const NOW = '2026-03-02T08:00:00.000Z';
const by = (key: string, fingerprint = 'f', more: Partial<Commander> = {}): Commander => ({
  tenant: 'akron',
  actor: 'ada',
  idempotencyKey: key,
  fingerprint,
  ...more,
});
const add = (name: string, commander: Commander, on = database): Promise<ItemRow> =>
  runCommand(on, commander, (tx) => insertRow(tx, Item, { name, at: NOW, tags: [] }, commander, NOW));
async function count(name: string): Promise<number> {
  const { rows } = await own.owner.query<{ count: string }>('select count(*) from item where name like $1', [
    `${name}%`,
  ]);
  return Number(rows[0]?.count);
}

describe('a command with an Idempotency-Key', () => {
  test('takes effect once and gives the same answer each time it is sent', async () => {
    const [first, second] = [await add('once', by('k1')), await add('once', by('k1'))];
    expect(second).toEqual(first);
    expect(JSON.stringify(second)).toBe(JSON.stringify(first));
    expect(await count('once')).toBe(1);
    expect([isReplayed(first), isReplayed(second)]).toEqual([false, true]);
  });

  test('that is sent many times at once, to two copies of the service, takes effect once', async () => {
    const answers = await Promise.all(
      Array.from({ length: 12 }, (_, index) => add('burst', by('k2'), index % 2 === 0 ? database : other)),
    );
    expect(new Set(answers.map(({ id }) => id)).size).toBe(1);
    expect(await count('burst')).toBe(1);
  });

  test('and the key of another request is refused and changes nothing', async () => {
    await add('mine', by('k3'));
    await expect(add('theirs', by('k3', 'another'))).rejects.toMatchObject({ code: 'key_reused' });
    expect(await count('theirs')).toBe(0);
  });

  test('that is refused while another part of it still runs stores nothing of that part', async () => {
    let running: Promise<unknown> = Promise.resolve();
    const refused = runCommand(database, by('k50'), (tx) => {
      running = tx
        .query('select pg_sleep(0.05)')
        .then(() => insertRow(tx, Item, { name: 'late', at: NOW, tags: [] }, by('k50'), NOW));
      return Promise.all([Promise.reject(new Problem('overlap', 'it is taken')), running]);
    });
    await expect(refused).rejects.toMatchObject({ code: 'overlap' });
    await expect(running).rejects.toThrow('the transaction is over');
    await expect(add('again', by('k50'))).rejects.toMatchObject({ code: 'overlap' });
    expect(await count('late')).toBe(0);
  });

  test('does not conflict with the same key of another person or tenant', async () => {
    await add('a', by('k4'));
    await add('zeta', by('k4', 'f', { actor: 'bob' }));
    await add('a', by('k4', 'f', { tenant: 'globex' }));
    expect(await count('zeta')).toBe(1);
  });

  test('that was refused gets the same problem again, and changes nothing', async () => {
    const refused = () =>
      runCommand(database, by('k5'), async (tx) => {
        await insertRow(tx, Item, { name: 'half', at: NOW, tags: [] }, by('k5'), NOW);
        throw Problem.field('name', 'is not good enough');
      });
    for (let attempt = 0; attempt < 2; attempt += 1)
      await expect(refused()).rejects.toMatchObject({
        code: 'invalid',
        errors: [{ path: 'name', message: 'is not good enough' }],
      });
    expect(await count('half')).toBe(0);
    // The answer stays the same although the command would succeed now.
    await expect(add('half', by('k5'))).rejects.toMatchObject({ code: 'invalid' });
  });

  test('that failed temporarily takes effect when it is sent again', async () => {
    const away = runCommand(database, by('k6'), () => Promise.reject(new Problem('service_unavailable', 'not now')));
    await expect(away).rejects.toMatchObject({ code: 'service_unavailable' });
    expect(await add('later', by('k6'))).toMatchObject({ name: 'later' });
  });

  test('that is still running is not started again: a repeated request that waits too long gets `in_progress`', async () => {
    const started = Promise.withResolvers<void>();
    const release = Promise.withResolvers<void>();
    const slow = runCommand(database, by('k7'), async () => {
      started.resolve();
      await release.promise;
      return {};
    });
    await started.promise;
    await expect(add('slow', by('k7'))).rejects.toMatchObject({ code: 'in_progress' });
    release.resolve();
    await expect(slow).resolves.toEqual({});
  });

  test('without a key takes effect each time', async () => {
    const { idempotencyKey: _key, ...nobody } = by('none');
    await add('free-1', nobody);
    await add('free-2', nobody);
    expect(await count('free')).toBe(2);
  });
});

test('keys are deleted after three days, not before', async () => {
  await own.owner.query("update idempotency_key set created_at = now() - interval '3 days 1 minute' where key = 'k1'");
  await forgetKeys(database);
  const { rows } = await own.owner.query<{ key: string }>("select key from idempotency_key where key in ('k1', 'k2')");
  expect(rows).toEqual([{ key: 'k2' }]);
});
