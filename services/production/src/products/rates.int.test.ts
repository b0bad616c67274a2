import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { createLine, createPlant, createProduct, productUpdated, setRate } from '@plantops/contracts';
import { at, rowId, ServiceHarness } from '@plantops/testing';
import { readConfig } from '../config.ts';
import { start } from '../service.ts';

let production: ServiceHarness;
let id: string;
let line_id: string;
beforeAll(async () => {
  production = await ServiceHarness.start('production', start, readConfig);
  const plant = await production.call(createPlant, { code: 'AKR', name: 'Akron', timezone: 'UTC' });
  line_id = (
    await production.call(createLine, {
      code: 'L1',
      plant_id: plant.id,
      name: 'L1',
      hourly_cost: 1,
      ideal_cycle_seconds: 30,
    })
  ).id;
  id = (await production.call(createProduct, { code: 'P1', name: 'Cola', unit_cost: 1 })).id;
});
afterAll(() => production.close());

test('the first rate on a line is in force without a start, later ones from valid_from, and the product announces them', async () => {
  await production.call(setRate, { id, line_id, ideal_cycle_seconds: 2.5 });
  await production.call(setRate, { id, line_id, ideal_cycle_seconds: 2, valid_from: at('06:00') });
  const product = await production.call(setRate, { id, line_id, ideal_cycle_seconds: null, valid_from: at('08:00') });
  expect(product.rates).toEqual([
    { line_id, valid_from: null, ideal_cycle_seconds: 2.5 },
    { line_id, valid_from: at('06:00'), ideal_cycle_seconds: 2 },
    { line_id, valid_from: at('08:00'), ideal_cycle_seconds: null },
  ]);
  expect((await production.announced(productUpdated.type)).at(-1)?.data).toEqual(product);
});

test('of a line or product that does not exist, or of another tenant, is not found', async () => {
  const rate = { id, line_id, ideal_cycle_seconds: 1 };
  await expect(production.call(setRate, { ...rate, line_id: rowId(99) })).rejects.toMatchObject({ code: 'not_found' });
  await expect(production.call(setRate, { ...rate, id: rowId(99) })).rejects.toMatchObject({ code: 'not_found' });
  await expect(production.call(setRate, rate, { tenant: 'globex' })).rejects.toMatchObject({ code: 'not_found' });
});
