import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { serviceNames, topology } from '@plantops/contracts';
import { testServers } from '@plantops/fixtures';
import pg from 'pg';
import { copyTemplate } from './templates.ts';

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

  test('each table has row-level security and one policy', async () => {
    const { rows } = await client.query<{ name: string; secured: boolean; policies: string }>(
      `select c.relname as name, c.relrowsecurity as secured,
         (select count(*) from pg_policy where polrelid = c.oid) as policies
       from pg_class c
       where c.relkind in ('r', 'p')
         and c.relnamespace = 'public'::regnamespace
         and c.relname <> 'mikro_orm_migrations'`,
    );
    expect(rows.length).toBeGreaterThan(1);
    expect(rows.filter(({ secured, policies }) => !secured || Number(policies) !== 1)).toEqual([]);
  });

  test('its role can neither bypass nor disable row-level security', async () => {
    const { rows } = await client.query('select rolsuper, rolbypassrls, rolcreaterole from pg_roles where rolname = current_user');
    expect(rows).toEqual([{ rolsuper: false, rolbypassrls: false, rolcreaterole: false }]);
    await expect(client.query('alter table idempotency_key disable row level security')).rejects.toThrow(/must be owner/);
    await expect(client.query('create table mine (id int)')).rejects.toThrow(/permission denied/);
  });
});
