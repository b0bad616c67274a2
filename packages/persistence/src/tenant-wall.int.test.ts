import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { serviceNames, topology } from '@plantops/contracts';
import { at, copyTemplate, testServers } from '@plantops/testing';
import pg from 'pg';
import { Item, TestDatabase, type ItemRow } from './database-fixture.ts';
import type { Database } from './database.ts';
import { insertRow } from './rows.ts';

let fixture: TestDatabase;
let database: Database;
/** The service's own role, outside of any transaction of a tenant. */
let raw: pg.Pool;
beforeAll(async () => {
  fixture = await TestDatabase.create();
  database = await fixture.open();
  raw = new pg.Pool({ connectionString: fixture.url, max: 1 });
  for (const tenant of ['akron', 'globex'])
    await database.transact(tenant, (tx) =>
      insertRow<ItemRow>(tx, Item, { name: tenant, at: at('08:00'), tags: [] }, { actor: 'test' }, at('08:00')),
    );
});
afterAll(async () => {
  await raw.end();
  await fixture.drop();
});

const names = (tenant: string) =>
  database.transact(tenant, async (tx) => (await tx.query<{ name: string }>('select name from item')).map(({ name }) => name));

describe('row level security', () => {
  test('a transaction sees the rows of its tenant, a connection without one sees none', async () => {
    expect([await names('akron'), await names('globex'), await names('nobody')]).toEqual([['akron'], ['globex'], []]);
    expect((await raw.query('select from item')).rowCount).toBe(0);
  });

  test('the scope of every tenant opens message tables and nothing else', async () => {
    expect(await names('*')).toEqual([]);
    const pending = await database.transact('*', (tx) => tx.query('select from outbox'));
    expect(pending).toEqual([]);
  });

  test('a row of another tenant can be neither put in, moved over, changed nor removed', async () => {
    const inAkron = (statement: string) => database.transact('akron', (tx) => tx.query(statement));
    const values = `gen_random_uuid(), 'globex', 1, now(), now(), 'x', 'x', 'smuggled', now(), '[]'`;
    await expect(inAkron(`insert into item values (${values})`)).rejects.toThrow(/row-level security/);
    await expect(inAkron("update item set tenant_id = 'globex'")).rejects.toThrow(/row-level security/);
    expect(await inAkron("update item set name = 'mine' where tenant_id = 'globex' returning 1")).toEqual([]);
    expect(await inAkron("delete from item where tenant_id = 'globex' returning 1")).toEqual([]);
    expect([await names('akron'), await names('globex')]).toEqual([['akron'], ['globex']]);
  });

  test('the tenant does not outlive its transaction on the connection', async () => {
    await raw.query("begin; set local app.tenant_id = 'akron'");
    expect((await raw.query('select from item')).rowCount).toBe(1);
    await raw.query('commit');
    expect((await raw.query('select from item')).rowCount).toBe(0);
  });

  test('what is no tenant opens no transaction', async () => {
    for (const tenant of ["akron'; drop table item; --", 'Akron', '', '**'])
      await expect(database.transact(tenant, async () => 'opened')).rejects.toThrow(/must be 1 to 32/);
    expect(await names('akron')).toEqual(['akron']);
  });
});

describe.each(serviceNames.filter((name) => topology[name].database))('the tables of %s', (service) => {
  let copy: Awaited<ReturnType<typeof copyTemplate>>;
  let client: pg.Client;
  beforeAll(async () => {
    copy = await copyTemplate(testServers().databaseUrl, service);
    client = new pg.Client({ connectionString: copy.url });
    await client.connect();
  });
  afterAll(async () => {
    await client.end();
    await copy.drop();
  });

  test('each stands behind the wall', async () => {
    const { rows } = await client.query<{ name: string; walled: boolean; policies: string }>(
      `select c.relname as name, c.relrowsecurity as walled, (select count(*) from pg_policy where polrelid = c.oid) as policies
       from pg_class c where c.relkind in ('r', 'p') and c.relnamespace = 'public'::regnamespace and c.relname <> 'mikro_orm_migrations'`,
    );
    expect(rows.length).toBeGreaterThan(1);
    expect(rows.filter(({ walled, policies }) => !walled || Number(policies) !== 1)).toEqual([]);
  });

  test('its role can neither pass the wall nor take it down', async () => {
    const { rows } = await client.query('select rolsuper, rolbypassrls, rolcreaterole from pg_roles where rolname = current_user');
    expect(rows).toEqual([{ rolsuper: false, rolbypassrls: false, rolcreaterole: false }]);
    await expect(client.query('alter table idempotency_key disable row level security')).rejects.toThrow(/must be owner/);
    await expect(client.query('create table mine (id int)')).rejects.toThrow(/permission denied/);
  });
});
