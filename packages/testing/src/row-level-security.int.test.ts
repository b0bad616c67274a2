import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { serviceNames, topology } from '@plantops/contracts';
import { EVERYONES_RIGHTS, testServers } from '@plantops/fixtures';
import pg from 'pg';
import { urlFor } from '@plantops/persistence';
import { copyTemplate } from './templates.ts';

describe.each(serviceNames.filter((name) => topology[name].database))('the tables of %s', (service) => {
  const others = serviceNames
    .filter((name) => topology[name].database && name !== service)
    .map((name) => `test_${name.replaceAll('-', '_')}`);
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
      `select c.relname as name, c.relrowsecurity as secured, (select count(*) from pg_policy where polrelid = c.oid) as policies
       from pg_class c
       where c.relkind in ('r', 'p') and c.relnamespace = 'public'::regnamespace and c.relname <> 'mikro_orm_migrations'`,
    );
    expect(rows.length).toBeGreaterThan(1);
    expect(rows.filter(({ secured, policies }) => !secured || Number(policies) !== 1)).toEqual([]);
  });

  test('each function that runs as its owner, or whose text is SQL, looks for temporary tables last', async () => {
    const { rows } = await client.query<{ name: string; path: string | null }>(
      `select p.oid::regprocedure::text as name, array_to_string(proconfig, ' ') as path
       from pg_proc p join pg_language l on l.oid = p.prolang
       where p.pronamespace = 'public'::regnamespace and p.proowner = 'test_${service.replaceAll('-', '_')}_owner'::regrole
         and (p.prosecdef or l.lanname = 'sql')`,
    );
    // Every service updates the statistics of its tables by one.
    expect(rows.map(({ name }) => name)).toContain('analyze_grown_tables()');
    expect(rows.filter(({ path }) => !/search_path=[\w ,]+, pg_temp( |$)/.test(path ?? ''))).toEqual([]);
  });

  test('its role reaches no other database, and makes neither temporary tables nor large objects', async () => {
    const admin = new pg.Client({ connectionString: testServers().databaseUrl });
    await admin.connect();
    try {
      await admin.query('select pg_advisory_lock($1)', [EVERYONES_RIGHTS]);
      for (const database of ['postgres', 'template1', ...others]) {
        const elsewhere = new pg.Client({ connectionString: urlFor(copy.url, { database }) });
        await expect(elsewhere.connect()).rejects.toMatchObject({ code: '42501' });
      }
    } finally {
      await admin.end();
    }
    for (const statement of [
      'create temporary table mine (id int)',
      'select lo_create(0)',
      'select lo_creat(-1)',
      "select lo_from_bytea(0, 'mine')",
    ])
      await expect(client.query(statement)).rejects.toMatchObject({ code: '42501' });
  });

  test('its role can neither bypass nor disable row-level security', async () => {
    const { rows } = await client.query(
      'select rolsuper, rolbypassrls, rolcreaterole from pg_roles where rolname = current_user',
    );
    expect(rows).toEqual([{ rolsuper: false, rolbypassrls: false, rolcreaterole: false }]);
    await expect(client.query('alter table idempotency_key disable row level security')).rejects.toThrow(
      /must be owner/,
    );
    await expect(client.query('create table mine (id int)')).rejects.toThrow(/permission denied/);
  });
});
