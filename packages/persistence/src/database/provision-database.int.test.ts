import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { EVERYONES_RIGHTS, PASSWORD, testServers, waitFor } from '@plantops/fixtures';
import pg from 'pg';
import { provisionDatabase, urlFor } from './provision-database.ts';

const LIMITED = `test_limited_${randomBytes(6).toString('hex')}`;
const passwords = { service: PASSWORD, owner: PASSWORD };
const made: string[] = [];
let admin: pg.Client;
beforeAll(async () => {
  admin = new pg.Client({ connectionString: testServers().databaseUrl });
  await admin.connect();
  await admin.query(`create role ${LIMITED} login createdb createrole password '${PASSWORD}'`);
});
afterAll(async () => {
  for (const name of made) {
    await admin.query(`drop database if exists ${name} with (force)`);
    for (const role of [name, `${name}_owner`]) await admin.query(`drop role if exists ${role}`);
  }
  await admin.query(`drop owned by ${LIMITED}; drop role ${LIMITED}`);
  await admin.end();
});
function newName(): string {
  made.push(`test_provision_${randomBytes(6).toString('hex')}`);
  return made.at(-1) as string;
}
const everyoneMayConnect = async () =>
  (
    await admin.query<{ datname: string }>(
      `select datname from pg_database
       where datname in ('postgres', 'template1') and has_database_privilege('public', datname, 'connect')`,
    )
  ).rows.map(({ datname }) => datname);

test('those who provision at the same time take their turns at the databases that the server has, and all succeed', async () => {
  await admin.query('select pg_advisory_lock($1)', [EVERYONES_RIGHTS]);
  await admin.query('grant connect on database postgres, template1 to public');
  const names = [newName(), newName(), newName(), newName()];
  await admin.query('select pg_advisory_lock(7061749)');
  const all = Promise.all(names.map((name) => provisionDatabase(testServers().databaseUrl, name, passwords)));
  await waitFor('all of them to wait for their turn', async () => {
    const { rows } = await admin.query<{ waiting: string }>(
      `select count(*) as waiting from pg_locks where locktype = 'advisory' and objid = 7061749 and not granted`,
    );
    return Number(rows[0]?.waiting) >= names.length;
  });
  await admin.query('select pg_advisory_unlock(7061749)');
  expect((await all).map(({ refused, applied }) => ({ refused, applied }))).toEqual(
    names.map(() => ({ refused: [], applied: [] })),
  );
  expect(await everyoneMayConnect()).toEqual([]);
  await admin.query('select pg_advisory_unlock($1)', [EVERYONES_RIGHTS]);
});

test('an administrator who may not take rights from everyone provisions all the same, and learns what is left', async () => {
  await admin.query(`grant connect on database postgres to ${LIMITED}`);
  await admin.query(`alter role ${LIMITED} set createrole_self_grant = 'set, inherit'`);
  const url = urlFor(testServers().databaseUrl, { user: LIMITED, password: PASSWORD });
  const name = newName();
  const { refused, url: serviceUrl } = await provisionDatabase(url, name, passwords);
  expect(refused).toEqual([
    'revoke execute on function pg_catalog.lo_creat(integer) from public',
    'revoke execute on function pg_catalog.lo_create(oid) from public',
    'revoke execute on function pg_catalog.lo_from_bytea(oid, bytea) from public',
  ]);
  const service = new pg.Client({ connectionString: serviceUrl });
  await service.connect();
  await service.end();
  // Another administrator runs it again: nothing is left.
  expect((await provisionDatabase(testServers().databaseUrl, name, passwords)).refused).toEqual([]);
});
