/** Tries what is forbidden: each NATS user on subjects of others, each table from a session of another tenant. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { serviceNames, topology, type ServiceName } from '@plantops/contracts';
import { runExamples } from '@plantops/contracts/run-examples';
import { databaseNameOf, SECRETS_FILE, type Secrets } from '@plantops/operations';
import { describeWhere, waitFor } from '@plantops/fixtures';
import { connect } from 'nats';
import pg from 'pg';
import { Asker, bodyOf } from './asking/asker.ts';
import { routeOf, successOf } from './asking/endpoints.ts';
import { databaseUrlOf, PlantTables, PlantUnderTest } from '@plantops/testing/plant';
import { forbiddenTo, forbiddenToEdge, forbiddenToProvisioner } from './denials/forbidden-subjects.ts';
import { notRefused } from './denials/refusals.ts';

let plant: PlantUnderTest;
let tables: PlantTables;
let secrets: Secrets;
let natsUrl: string;
/** A summary of what was tried and refused, for the output. */
const denied: string[] = [];
beforeAll(async () => {
  plant = await PlantUnderTest.create();
  await plant.start();
  const ready = await plant.ready();
  natsUrl = ready.nats_url;
  secrets = JSON.parse(await readFile(join(plant.dataDir, SECRETS_FILE), 'utf8')) as Secrets;
  tables = await PlantTables.open(plant.dataDir);
  // The examples create rows of akron in as many tables as they reach.
  const asker = new Asker(ready);
  const send = async (...[operation, input]: Parameters<Parameters<typeof runExamples>[0]>) => {
    const answered = await asker.ask(routeOf(operation), input);
    return { status: answered.status, body: bodyOf(answered) };
  };
  for await (const { title, differences } of runExamples(send, (operation) => successOf(routeOf(operation))))
    if (differences.length > 0) throw new Error(`${title}: ${differences.join('; ')}`);
}, 180_000);
afterAll(async () => {
  process.stdout.write(`${denied.join('\n')}\n`);
  await tables.close();
  await plant.remove();
});

test.each([...serviceNames])('the NATS user of %s may use no subject of others', async (service) => {
  const forbidden = forbiddenTo(service);
  expect(forbidden.length).toBeGreaterThan(100);
  expect(
    await notRefused({ url: natsUrl, user: service, password: secrets.services[service].nats }, forbidden),
  ).toEqual([]);
  denied.push(
    `NATS user ${service.padEnd(12)} refused at ${forbidden.length} of ${forbidden.length} subjects of others`,
  );
});

test('the NATS users of a tenant’s edge and of the provisioner may use no subject of others', async () => {
  const { tenants } = await plant.ready();
  for (const [tenant, other] of [
    ['akron', 'globex'],
    ['globex', 'akron'],
  ] as const) {
    const { edge } = tenants[tenant] as (typeof tenants)[string];
    const forbidden = forbiddenToEdge(other);
    expect(await notRefused({ url: natsUrl, ...edge }, forbidden)).toEqual([]);
    denied.push(
      `NATS user edge_${tenant.padEnd(7)} refused at ${forbidden.length} of ${forbidden.length} subjects of others`,
    );
  }
  expect(
    await notRefused({ url: natsUrl, user: 'provisioner', password: secrets.provisioner }, forbiddenToProvisioner),
  ).toEqual([]);
});

test('a tenant’s edge has at most 256 connections and 2,048 subscriptions; the edge of another tenant is not affected', async () => {
  const { tenants } = await plant.ready();
  const edgeOf = (tenant: string) => (tenants[tenant] as (typeof tenants)[string]).edge;
  const connected = (tenant: string) =>
    connect({
      servers: natsUrl,
      user: edgeOf(tenant).user,
      pass: edgeOf(tenant).password,
      reconnect: false,
      noAsyncTraces: true,
    });
  const outcomes = await Promise.allSettled(Array.from({ length: 257 }, () => connected('akron')));
  const connections = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []));
  expect(connections).toHaveLength(256);
  const other = await connected('globex');
  const first = connections[0] as (typeof connections)[number];
  const refusals: string[] = [];
  void (async () => {
    for await (const { data } of first.status()) if (typeof data === 'string') refusals.push(data);
  })();
  for (let n = 0; n < 2_048; n += 1) first.subscribe(`_INBOX.${n}`, { callback: () => {} });
  await first.flush();
  expect(refusals).toEqual([]);
  first.subscribe('_INBOX.more', { callback: () => {} });
  await waitFor('one more subscription to be refused', () => refusals.length > 0);
  expect(refusals).toEqual(['NATS_PROTOCOL_ERR']);
  await other.flush();
  await Promise.all([other, ...connections].map((connection) => connection.close()));
}, 30_000);

/** Connects with the role of a service, which owns no table; to the service's own database, or to another one. */
async function asService(service: ServiceName, database = databaseNameOf(service)): Promise<pg.Client> {
  const url = new URL(await databaseUrlOf(plant.dataDir));
  [url.username, url.password] = [databaseNameOf(service), encodeURIComponent(secrets.services[service].database)];
  url.pathname = `/${database}`;
  const client = new pg.Client({ connectionString: url.href });
  await client.connect();
  return client;
}

const withDatabase = serviceNames.filter((name) => topology[name].database);

test('the PostgreSQL role of a service connects to its own database alone', async () => {
  const databases = [...withDatabase.map(databaseNameOf), 'postgres', 'template1'];
  for (const service of withDatabase) {
    const outcomes: string[] = [];
    for (const database of databases) {
      const outcome = await asService(service, database).then(
        (client) => client.end().then(() => 'connects'),
        (error: { code: string }) => error.code,
      );
      // 42501: the right to connect is missing.
      expect([database, outcome]).toEqual([database, database === databaseNameOf(service) ? 'connects' : '42501']);
      outcomes.push(`${database} ${outcome === '42501' ? 'refused' : outcome}`);
    }
    denied.push(`role ${databaseNameOf(service).padEnd(20)} ${outcomes.join(', ')}`);
  }
});

test('the PostgreSQL role of a service makes no object: no table, temporary table, function, schema or large object', async () => {
  const attempts = [
    'create table mine (id int)',
    'create temporary table mine (id int)',
    'create function mine() returns int language sql as $$ select 1 $$',
    'create schema mine',
    'select lo_create(0)',
    'select lo_creat(-1)',
    "select lo_from_bytea(0, 'mine')",
  ];
  for (const service of withDatabase) {
    const client = await asService(service);
    for (const attempt of attempts) {
      const outcome = await client.query(attempt).then(
        () => 'made',
        (error: { code: string }) => error.code,
      );
      expect([attempt, outcome]).toEqual([attempt, '42501']);
    }
    await client.end();
    denied.push(
      `role ${databaseNameOf(service).padEnd(20)} refused at ${attempts.length} of ${attempts.length} ways to make an object`,
    );
  }
});

const onLinux = describeWhere(
  describe,
  process.platform === 'linux',
  'the environment of a process is read from /proc',
);
onLinux('a process at work', () => {
  test('knows the password of its own role, and not that of the owner of its tables or of another service', async () => {
    const { processes } = await plant.ready();
    for (const service of withDatabase) {
      const environment = await readFile(`/proc/${processes[service]}/environ`, 'utf8');
      expect(environment).toContain(secrets.services[service].database);
      for (const other of withDatabase) {
        expect(environment).not.toContain(secrets.services[other].databaseOwner);
        if (other !== service) expect(environment).not.toContain(secrets.services[other].database);
      }
      expect(environment).not.toContain(secrets.postgres);
    }
  });
});

/**
 * The number of akron's rows that a session of a tenant can read, change, take or delete. Each attempt is rolled back.
 */
async function reach(client: pg.Client, table: string, tenant: string): Promise<Record<string, number | string>> {
  const name = pg.escapeIdentifier(table);
  const attempts = {
    read: `select from ${name} where tenant_id = 'akron'`,
    change: `update ${name} set tenant_id = tenant_id where tenant_id = 'akron'`,
    take: `update ${name} set tenant_id = '${tenant}' where tenant_id = 'akron'`,
    remove: `delete from ${name} where tenant_id = 'akron'`,
  };
  const reached: Record<string, number | string> = {};
  for (const [what, statement] of Object.entries(attempts)) {
    await client.query(`begin; set local app.tenant_id = '${tenant}'`);
    const count = await client.query(statement).then(
      ({ rowCount }) => rowCount ?? 0,
      (error: { code: string }) => error.code,
    );
    await client.query('rollback');
    // 42501: not granted; 23001: the ledger only grows.
    if (count !== 0 && count !== '42501' && count !== '23001') reached[what] = count;
  }
  return reached;
}

test('a session of another tenant, or without a tenant, reaches no row of any table', async () => {
  const seen: string[] = [];
  let filled = 0;
  for (const service of serviceNames.filter((name) => topology[name].database)) {
    const client = await asService(service);
    const ofService = (await tables.having('tenant_id')).filter((found) => found.service === service);
    const open = new Set<string>();
    for (const { table } of ofService) {
      const [rows] = await tables.query<{ count: string }>(
        service,
        `select count(*) from ${pg.escapeIdentifier(table)} where tenant_id = 'akron'`,
      );
      if (Number(rows?.count) > 0) filled += 1;
      for (const tenant of ['globex', '']) {
        const reached = await reach(client, table, tenant);
        if (Object.keys(reached).length === 0) continue;
        open.add(table);
        seen.push(`${service}.${table} as ${tenant || 'nobody'}: ${JSON.stringify(reached)}`);
      }
    }
    const separated = ofService.length - open.size;
    denied.push(
      `tables of ${service.padEnd(12)} refuse or show nothing to another tenant and without a tenant: ${separated} of ${ofService.length}`,
    );
    await client.end();
  }
  expect(seen).toEqual([]);
  expect(filled).toBeGreaterThan(25);
});

test('a row of another tenant cannot be inserted', async () => {
  for (const service of serviceNames.filter((name) => topology[name].database)) {
    const client = await asService(service);
    await client.query("begin; set local app.tenant_id = 'globex'");
    await expect(
      client.query(
        `insert into idempotency_key (tenant_id, actor, key, fingerprint, created_at)
         values ('akron', 'x', 'x', 'x', now())`,
      ),
    ).rejects.toMatchObject({ code: '42501' });
    await client.query('rollback');
    await client.end();
  }
});
