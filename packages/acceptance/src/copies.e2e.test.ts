/** Two copies of every service share the work. One of each stops under load, without any effect for clients. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { serviceNames } from '@plantops/contracts';
import { waitFor } from '@plantops/fixtures';
import { EverydayLoad } from './everyday-load.ts';
import { Copies } from './fuzz/copies.ts';
import { PlantUnderTest } from '@plantops/testing/plant';

let plant: PlantUnderTest;
let copies: Copies;
beforeAll(async () => {
  plant = await PlantUnderTest.create();
  await plant.start();
  copies = await Copies.start(plant);
}, 120_000);
afterAll(() => plant.remove());

test('one copy of each service stops under load: every request is answered, every write exists once', async () => {
  const { gateway_url, tenants } = await plant.ready();
  const load = await EverydayLoad.start([gateway_url, copies.gatewayUrl], tenants['akron']?.tokens.admin as string);
  await waitFor('both copies to have answered', () => copies.haveAllWorked(serviceNames));
  await copies.stop();
  const before = load.written.length;
  await waitFor('the other copies to answer', () => load.written.length > before + 50, 30_000);
  await load.stop();

  const { written } = load;
  expect(load.refused).toEqual([]);
  expect(new Set(written).size).toBe(written.length);
  expect((await load.standing()).stops).toBe(written.length);
  await waitFor('the postings of all stops', async () => (await load.standing()).postings === written.length);
}, 120_000);
