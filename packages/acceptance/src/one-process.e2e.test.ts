/** A plant with all services in one process, and what must not change by that. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { serviceNames, topology } from '@plantops/contracts';
import { waitFor } from '@plantops/fixtures';
import { databaseNameOf } from '@plantops/operations';
import { processIdentity } from '@plantops/servers';
import { PlantTables, PlantUnderTest, residentMb } from '@plantops/testing/plant';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

let plant: PlantUnderTest;
let line: string;
beforeAll(async () => {
  plant = await PlantUnderTest.create({ PLANTOPS_PROCESSES: 'one', PLANTOPS_BIND: '0.0.0.0' });
  await plant.start();
}, 60_000);
afterAll(() => plant.remove());

const other = { tenant: 'globex' };
const add = async (path: string, body: object): Promise<string> => {
  const created = await plant.rest<{ id: string }>('POST', path, body);
  expect(created).toMatchObject({ status: 201 });
  return created.body.id;
};
const leaks = async (as = {}) =>
  (
    await plant.rest<{ items: { amount_usd: number }[]; total: number }>(
      'GET',
      `/money-leaks?line_id=${line}`,
      undefined,
      as,
    )
  ).body;
/** Publishes a stop of an hour that began at this hour of a day. */
const reportStop = (id: string, hour: string) =>
  plant.publishEvents([
    {
      line: 'FILL-1',
      kind: 'downtime.ended',
      id,
      start_time: `2026-03-02T${hour}:00:00Z`,
      end_time: `2026-03-02T${hour}:59:00Z`,
      reason_category: 'mechanical',
    },
  ]);
/** The pid of the services; fails when they have several. */
async function pidOfServices(): Promise<number> {
  const { processes } = await plant.ready();
  expect(Object.keys(processes).sort()).toEqual([...serviceNames, 'nats-server', 'postgres'].sort());
  const pids = new Set(serviceNames.map((name) => processes[name] as number));
  expect(pids.size).toBe(1);
  expect([processes['nats-server'], processes['postgres']]).not.toContain([...pids][0]);
  return [...pids][0] as number;
}

type Line = { readonly service: string; readonly msg: string };
async function linesOfLog(): Promise<Line[]> {
  const log = await readFile(join(plant.dataDir, 'logs/services.log'), 'utf8');
  return log
    .trim()
    .split('\n')
    .map((text) => JSON.parse(text) as Line);
}

test('bound to all addresses, it answers at each of them and says so; ready.json has one that this machine reaches', async () => {
  const { gateway_url } = await plant.ready();
  const { hostname, port } = new URL(gateway_url);
  expect(hostname).toBe('127.0.0.1');
  // Another address of the loopback interface, as one of a network would be.
  for (const address of [hostname, '127.0.0.2'])
    expect((await fetch(`http://${address}:${port}/healthz`)).status).toBe(200);
  await waitFor('the remark', () => plant.output.includes(`other machines may call 0.0.0.0:${port}, without TLS`));
});

test('the services together use less than 350 MB at rest', async () => {
  const pid = await pidOfServices();
  // Of a process that is gone it would be 0.
  expect(residentMb(pid)).toBeGreaterThan(0);
  // Memory of the start is freed when the computer is idle.
  await waitFor('less than 350 MB', () => residentMb(pid) < 350, 20_000);
}, 30_000);

test('REST writes and line events over NATS become money, and another tenant sees none of it', async () => {
  const site = await add('/plants', { code: 'soda', name: 'Soda works', timezone: 'UTC' });
  line = await add('/lines', {
    code: 'FILL-1',
    plant_id: site,
    name: 'Filler',
    hourly_cost: 60,
    ideal_cycle_seconds: 2,
  });
  expect(await reportStop('one', '08')).toMatchObject({ code: 0 });
  await waitFor('the posting of the stop', async () => (await leaks()).total === 1);
  expect((await leaks()).items).toMatchObject([{ amount_usd: 59 }]);
  expect((await leaks(other)).total).toBe(0);
  expect((await plant.rest('GET', `/lines/${line}`, undefined, other)).status).toBe(404);
}, 30_000);

test('each service is logged in to its own database under its own role, and to no other', async () => {
  await pidOfServices();
  const tables = await PlantTables.open(plant.dataDir);
  const logins = await tables.query<{ datname: string; usename: string }>(
    'production',
    `select distinct datname, usename
     from pg_stat_activity
     where backend_type = 'client backend' and usename <> 'postgres'
     order by datname`,
  );
  await tables.close();
  const owned = serviceNames.filter((name) => topology[name].database).map(databaseNameOf);
  expect(logins).toEqual(owned.sort().map((name) => ({ datname: name, usename: name })));
});

test('one log has the lines of every service, each with its name', async () => {
  const ready = (await linesOfLog()).filter(({ msg }) => msg === 'ready').map(({ service }) => service);
  expect(ready.sort()).toEqual([...serviceNames].sort());
});

test('a process that is killed is started again, and goes on with the work', async () => {
  const before = await pidOfServices();
  process.kill(before, 'SIGKILL');
  // Line systems publish on while the services are away.
  expect(await reportStop('two', '10')).toMatchObject({ code: 0 });
  await waitFor('the services to be started again', async () => (await pidOfServices()) !== before);
  await waitFor('the posting of the second stop', async () => (await leaks()).total === 2);
  expect((await leaks()).items).toMatchObject([{ amount_usd: 59 }, { amount_usd: 59 }]);
  await add('/products', { code: 'COLA', name: 'Cola', unit_cost: 0.8, salvage_value: 0 });
}, 30_000);

test('a stop leaves no process, and every service closes in time', async () => {
  const { processes } = await plant.ready();
  await plant.stop();
  const left = await Promise.all(Object.values(processes).map((pid) => processIdentity(pid)));
  expect(left).toEqual(left.map(() => undefined));
  const stopping = await linesOfLog();
  const after = stopping.slice(stopping.findLastIndex(({ msg }) => msg === 'stopping') + 1);
  expect(after.filter(({ msg }) => msg === 'did not close')).toEqual([]);
  expect(stopping.at(-1)).toMatchObject({ service: 'services', msg: 'stopped' });
}, 30_000);
