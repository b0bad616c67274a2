/** Two copies of every service share the work; one of each stops under load, and nobody notices. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { createPlantOps, type PlantOps } from '@plantops/client';
import { waitFor } from '@plantops/testing';
import { Copies } from './fuzz/copies.ts';
import { PlantUnderTest } from './plant-under-test.ts';

const WRITERS = 8;
const SHARED = ['production', 'downtimes', 'money-leaks', 'trials', 'sensors', 'overview', 'gateway'] as const;

let plant: PlantUnderTest;
let copies: Copies;
let gateways: PlantOps[];
beforeAll(async () => {
  plant = await PlantUnderTest.create();
  await plant.start();
  copies = await Copies.start(plant);
  const { gateway_url, tenants } = await plant.ready();
  const token = tenants['akron']?.tokens.admin as string;
  gateways = [gateway_url, copies.gatewayUrl].map((baseUrl) => createPlantOps({ baseUrl, token }));
}, 120_000);
afterAll(() => plant.remove());

const BASE = '/api/v1/plant-ops';
/** As a load balancer does: to the next gateway where one does not take the connection; what it took is not sent again. */
const balanced = async <T>(turn: number, ask: (api: PlantOps) => Promise<T>): Promise<T> => {
  try {
    return await ask(gateways[turn % gateways.length] as PlantOps);
  } catch (error) {
    const { cause } = error as { cause?: { code?: string } };
    if (cause?.code !== 'ECONNREFUSED') throw error;
    return ask(gateways[(turn + 1) % gateways.length] as PlantOps);
  }
};

test('one copy of each service stops under load: every request is answered, every write is there once', async () => {
  const [first] = gateways as [PlantOps];
  const { data: site } = await first.POST(`${BASE}/plants`, { body: { code: 'AKR', name: 'Akron', timezone: 'UTC' } });
  const { data: line } = await first.POST(`${BASE}/lines`, {
    body: { code: 'L1', plant_id: site?.id as string, name: 'L1', hourly_cost: 60, ideal_cycle_seconds: 1 },
  });
  const line_id = line?.id as string;
  const refused: unknown[] = [];
  const written: string[] = [];
  let isLoaded = true;
  const write = async (turn: number) => {
    const start = Date.parse('2026-03-02T00:00:00Z') + turn * 120_000;
    const body = { line_id, start_time: new Date(start).toISOString(), end_time: new Date(start + 60_000).toISOString() };
    const { data, error } = await balanced(turn, (api) => api.POST(`${BASE}/downtimes`, { body }));
    if (data) written.push(data.id);
    else refused.push(error);
  };
  const read = async (turn: number) => {
    for (const path of ['overview', 'lines', 'downtimes', 'money-leaks', 'trials', 'sensors'] as const) {
      const { error } = await balanced(turn, (api) => api.GET(`${BASE}/${path}`));
      if (error) refused.push({ path, error });
    }
  };
  let turn = 0;
  const load = Array.from({ length: WRITERS }, async () => {
    while (isLoaded) {
      turn += 1;
      await write(turn);
      await read(turn);
    }
  });
  await waitFor('both copies to have worked', async () =>
    (await Promise.all(SHARED.map((service) => copies.requestsOf(service)))).every(
      (counts, index) => SHARED[index] === 'gateway' || (counts.length === 2 && counts.every((count) => count > 0)),
    ),
  );
  await copies.stop();
  const before = written.length;
  await waitFor('the others to go on alone', () => written.length > before + 50);
  isLoaded = false;
  await Promise.all(load);

  expect(refused).toEqual([]);
  const { data: list } = await first.GET(`${BASE}/downtimes`, { params: { query: { line_id, limit: 1 } } });
  expect(list?.total).toBe(written.length);
  expect(new Set(written).size).toBe(written.length);
  await waitFor('the money of all of them', async () => {
    const window = { line_id, from: '2026-03-02T00:00:00Z', to: '2026-03-12T00:00:00Z' };
    const { data } = await first.GET(`${BASE}/money-leaks/by-category`, { params: { query: window } });
    return data?.items[0]?.total === written.length;
  });
}, 120_000);
