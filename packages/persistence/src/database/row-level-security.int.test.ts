import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { at } from '@plantops/fixtures';
import pg from 'pg';
import { Item, TestDatabase } from './database-fixture.ts';
import type { Database } from './database.ts';
import { insertRow } from '../rows/rows.ts';

let fixture: TestDatabase;
let database: Database;
/** Connections with the service's own role, outside of any tenant's transaction. */
let raw: pg.Pool;
beforeAll(async () => {
  fixture = await TestDatabase.create();
  database = await fixture.open();
  raw = new pg.Pool({ connectionString: fixture.url, max: 1 });
  for (const tenant of ['akron', 'globex'])
    await database.transact(tenant, (tx) =>
      insertRow(tx, Item, { name: tenant, at: at('08:00'), tags: [] }, { actor: 'test' }, at('08:00')),
    );
});
afterAll(async () => {
  await raw.end();
  await fixture.drop();
});

const names = (tenant: string) =>
  database.transact(tenant, async (tx) =>
    (await tx.query<{ name: string }>('select name from item')).map(({ name }) => name),
  );

describe('row-level security', () => {
  test('a transaction sees the rows of its tenant; a connection without a tenant sees no rows', async () => {
    expect([await names('akron'), await names('globex'), await names('nobody')]).toEqual([['akron'], ['globex'], []]);
    expect((await raw.query('select from item')).rowCount).toBe(0);
  });

  test('a transaction for all tenants sees message tables only', async () => {
    expect(await names('*')).toEqual([]);
    const pending = await database.transact('*', (tx) => tx.query('select from outbox'));
    expect(pending).toEqual([]);
  });

  test('a row of another tenant can be neither inserted, moved, changed nor deleted', async () => {
    const inAkron = (statement: string) => database.transact('akron', (tx) => tx.query(statement));
    const values = `gen_random_uuid(), 'globex', 1, now(), now(), 'x', 'x', 'smuggled', now(), '[]'`;
    await expect(inAkron(`insert into item values (${values})`)).rejects.toThrow(/row-level security/);
    await expect(inAkron("update item set tenant_id = 'globex'")).rejects.toThrow(/row-level security/);
    expect(await inAkron("update item set name = 'mine' where tenant_id = 'globex' returning 1")).toEqual([]);
    expect(await inAkron("delete from item where tenant_id = 'globex' returning 1")).toEqual([]);
    expect([await names('akron'), await names('globex')]).toEqual([['akron'], ['globex']]);
  });

  test('a connection has no tenant after its transaction', async () => {
    await raw.query("begin; set local app.tenant_id = 'akron'");
    expect((await raw.query('select from item')).rowCount).toBe(1);
    await raw.query('commit');
    expect((await raw.query('select from item')).rowCount).toBe(0);
  });

  test('an invalid tenant opens no transaction', async () => {
    for (const tenant of ["akron'; drop table item; --", 'Akron', '', '**'])
      await expect(database.transact(tenant, async () => 'opened')).rejects.toThrow(/must be 1 to 32/);
    expect(await names('akron')).toEqual(['akron']);
  });
});
