import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { serviceNames } from '@plantops/contracts';
import { waitFor } from '@plantops/fixtures';
import { readFileSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { createConnection } from 'node:net';
import { join } from 'node:path';
import { PlantUnderTest, residentMb } from '@plantops/testing/plant';

/** Each test leaves it running. */
let plant: PlantUnderTest;
let firstStartSeconds: number;
beforeAll(async () => {
  plant = await PlantUnderTest.create();
  firstStartSeconds = await plant.start();
}, 60_000);
afterAll(() => plant.remove());

/** Whether a process runs and is not a zombie. */
function lives(pid: number): boolean {
  try {
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}
const answers = (port: number, host = '127.0.0.1'): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = createConnection({ host, port });
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });
const addPlant = (target: PlantUnderTest, code: string) =>
  target.rest<{ id: string }>('POST', '/plants', { code, name: code, timezone: 'UTC' });

describe('the life of a plant', () => {
  test('all services together use less than 1 GB at rest', async () => {
    const { processes } = await plant.ready();
    const total = () => serviceNames.reduce((sum, name) => sum + residentMb(processes[name] as number), 0);
    // Of a process that is gone it would be 0.
    expect(serviceNames.filter((name) => residentMb(processes[name] as number) === 0)).toEqual([]);
    // Memory of the start is freed when the computer is idle.
    await waitFor('less than 1 GB', () => total() < 1024, 20_000);
  }, 60_000);

  test('by default only the own machine can call it: no other address answers', async () => {
    const { gateway_url, nats_url } = await plant.ready();
    for (const url of [gateway_url, nats_url])
      expect([await answers(Number(new URL(url).port)), await answers(Number(new URL(url).port), '127.0.0.2')]).toEqual(
        [true, false],
      );
  });

  test('a ticket opens the live stream once, and is in no log', async () => {
    const made = await plant.rest<{ ticket: string }>('POST', '/stream/ticket', undefined, { role: 'viewer' });
    expect(made.status).toBe(201);
    const { ticket } = made.body;
    const url = `${(await plant.ready()).gateway_url}/api/v1/plant-ops/stream?ticket=${ticket}`;
    const open = async () => {
      const response = await fetch(url);
      await response.body?.cancel();
      return response.status;
    };
    expect([await open(), await open()]).toEqual([200, 401]);
    const logs = await readdir(join(plant.dataDir, 'logs'));
    expect(logs).toContain('gateway.log');
    for (const name of logs)
      expect([name, (await readFile(join(plant.dataDir, 'logs', name), 'utf8')).includes(ticket)]).toEqual([
        name,
        false,
      ]);
  });

  test('a stop leaves no process, port or lock, and the next start has the data', async () => {
    const { processes, gateway_url, nats_url } = await plant.ready();
    expect(Object.keys(processes).sort()).toEqual([...serviceNames, 'nats-server', 'postgres'].sort());
    const created = await addPlant(plant, 'kept');
    expect(created.status).toBe(201);

    expect(await plant.stop()).toBeLessThan(5);
    expect(Object.entries(processes).filter(([, pid]) => lives(pid))).toEqual([]);
    for (const url of [gateway_url, nats_url]) expect(await answers(Number(new URL(url).port))).toBe(false);

    // Nothing is made or migrated again. On a machine that does other work, every start takes longer.
    expect(await plant.start()).toBeLessThan(Math.max(10, firstStartSeconds));
    expect((await plant.ready()).gateway_url).toBe(gateway_url);
    expect((await plant.rest<{ id: string }>('GET', `/plants/${created.body.id}`)).body).toMatchObject({
      code: 'kept',
    });
  }, 120_000);

  test('a second plant works on other ports; a second start on the same data is refused, with what to do', async () => {
    const second = await PlantUnderTest.create();
    try {
      await second.start();
      await addPlant(plant, 'first');
      expect((await second.rest<{ total: number }>('GET', '/plants')).body.total).toBe(0);
    } finally {
      await second.remove();
    }
    const refused = await plant.run('packages/plant/src/start.ts');
    expect(refused.code).toBe(1);
    expect(refused.output).toContain('PLANTOPS_DATA_DIR');
  }, 120_000);

  test('a service that dies is started again, and ready.json has its new pid', async () => {
    const before = await plant.pidOf('production');
    process.kill(before, 'SIGKILL');
    await waitFor('production to be started again', async () => (await plant.pidOf('production')) !== before);
    expect((await addPlant(plant, 'again')).status).toBe(201);
  }, 60_000);

  test('children of a killed launcher end by themselves or are ended by the next start', async () => {
    const { processes } = await plant.ready();
    process.kill(plant.launcherPid, 'SIGKILL');
    await waitFor('the services to end', () => serviceNames.every((name) => !lives(processes[name] as number)), 5_000);
    await plant.start();
    expect(Object.values(processes).filter(lives)).toEqual([]);
    expect((await addPlant(plant, 'after')).status).toBe(201);
  }, 120_000);

  test('a tenant that is added while the plant runs has a working token, and its line events are applied', async () => {
    expect(await plant.run('packages/plant/src/tenant.ts', 'add', 'initech')).toMatchObject({ code: 0 });
    const owner = { tenant: 'initech' };
    const { body } = await plant.rest<{ id: string }>(
      'POST',
      '/plants',
      { code: 'one', name: 'One', timezone: 'UTC' },
      owner,
    );
    const line = await plant.rest<{ id: string }>(
      'POST',
      '/lines',
      { code: 'L1', plant_id: body.id, name: 'L1', hourly_cost: 60, ideal_cycle_seconds: 1 },
      owner,
    );
    const stop = {
      line: 'L1',
      kind: 'downtime.ended',
      id: 'a',
      start_time: '2026-03-02T08:00:00Z',
      end_time: '2026-03-02T09:00:00Z',
      reason_category: 'mechanical',
    };
    expect(await plant.publishEvents([stop], 'initech')).toMatchObject({ code: 0 });
    await waitFor(
      'the posting of the stop',
      async () =>
        (await plant.rest<{ total: number }>('GET', `/money-leaks?line_id=${line.body.id}`, undefined, owner)).body
          .total === 1,
    );
    expect((await plant.rest<{ total: number }>('GET', '/money-leaks')).body.total).toBe(0);
  }, 60_000);
});
