import { afterAll, beforeAll, expect, test } from '@jest/globals';
import {
  createLine,
  createPlant,
  createProduct,
  getProductionFigures,
  logScrap,
  planBatch,
  startBatch,
} from '@plantops/contracts';
import { at, ServiceHarness } from '@plantops/testing';
import { readConfig } from '../config.ts';
import { start } from '../service.ts';

let production: ServiceHarness;
let clock = at('06:00');
const figures = () => production.call(getProductionFigures, {});
const after = (instant: string, ms: number) => new Date(Date.parse(instant) + ms).toISOString();

beforeAll(async () => {
  production = await ServiceHarness.start('production', start, readConfig, { now: () => clock });
});
afterAll(() => production.close());

test('a running batch is overdue after its planned end, not at that instant; scrap is recent for 24 hours', async () => {
  const { id: plant_id } = await production.call(createPlant, { code: 'AKR', name: 'Akron', timezone: 'UTC' });
  const { id: product_id } = await production.call(createProduct, { code: 'P1', name: 'Cola', unit_cost: 1 });
  const line = await production.call(createLine, {
    code: 'L1',
    plant_id,
    name: 'Line',
    hourly_cost: 300,
    ideal_cycle_seconds: 30,
  });
  const planned_end = at('14:00');
  const batch = await production.call(planBatch, { batch_number: 'B1', line_id: line.id, product_id, planned_end });
  await production.call(startBatch, { id: batch.id, started_at: clock });
  await production.call(logScrap, { line_id: line.id, batch_id: batch.id, quantity: 1, at: clock });
  const logged = clock;
  clock = planned_end;
  expect(await figures()).toMatchObject({ running_batches: 1, overdue_batches: [], recent_scrap_events: 1 });
  clock = after(planned_end, 1);
  expect(await figures()).toMatchObject({ overdue_batches: [{ id: batch.id, batch_number: 'B1', planned_end }] });
  clock = after(logged, 86_400_000);
  expect(await figures()).toMatchObject({ recent_scrap_events: 1 });
  clock = after(logged, 86_400_001);
  expect(await figures()).toMatchObject({ recent_scrap_events: 0 });
});
