import { afterAll, beforeAll, expect, test } from '@jest/globals';
import {
  createLine,
  createPlant,
  createProduct,
  getProduct,
  listScrap,
  logScrap,
  updateProduct,
} from '@plantops/contracts';
import { ServiceHarness } from '@plantops/testing';
import { readConfig } from '../config.ts';
import { start } from '../service.ts';

let production: ServiceHarness;
beforeAll(async () => {
  production = await ServiceHarness.start('production', start, readConfig);
});
afterAll(() => production.close());

const costs = { unit_cost: 0.123456, salvage_value: 0.000004, material_cost: 0.1 };

test('costs of a unit have six decimals, in the row and in its versions', async () => {
  const { id } = await production.call(createProduct, { code: 'SIX', name: 'P', ...costs });
  expect(await production.call(getProduct, { id })).toMatchObject({ ...costs, versions: [costs] });
  await production.call(updateProduct, { id, material_cost: null, unit_cost: 0.000009 });
  expect(await production.call(getProduct, { id })).toMatchObject({
    unit_cost: 0.000009,
    salvage_value: 0.000004,
    material_cost: null,
  });
});

test('a copy of the version before goes on with the columns of four decimals: each sees what the other wrote', async () => {
  const { id } = await production.call(createProduct, { code: 'FOUR', name: 'P', ...costs });
  const old = 'select unit_cost::float, salvage_value::float, material_cost::float from product where id = $1';
  expect((await production.rows.query(old, [id])).rows).toEqual([
    { unit_cost: 0.1235, salvage_value: 0, material_cost: 0.1 },
  ]);
  await production.rows.query('update product set unit_cost = 2.5, material_cost = null where id = $1', [id]);
  expect(await production.call(getProduct, { id })).toMatchObject({
    unit_cost: 2.5,
    salvage_value: 0.000004,
    material_cost: null,
  });
  await production.rows.query('update product set name = $2 where id = $1', [id, 'Q']);
  expect(await production.call(getProduct, { id })).toMatchObject({ name: 'Q', unit_cost: 2.5 });
});

test('scrap that was logged before its cost had six decimals shows the cost that it has', async () => {
  const plant_id = (await production.call(createPlant, { code: 'AKR', name: 'Akron', timezone: 'UTC' })).id;
  const line = { plant_id, name: 'L', hourly_cost: 300, ideal_cycle_seconds: 30 };
  const line_id = (await production.call(createLine, { ...line, code: 'L1' })).id;
  const { id } = await production.call(logScrap, { line_id, quantity: 1, unit_cost: 0.000001 });
  const listed = async () => (await production.call(listScrap, { line_id })).items.map(({ unit_cost }) => unit_cost);
  expect(await listed()).toEqual([0.000001]);
  await production.rows.query('alter table scrap_event disable trigger widen');
  await production.rows.query('update scrap_event set exact_unit_cost = null, unit_cost = 0.25 where id = $1', [id]);
  await production.rows.query('alter table scrap_event enable trigger widen');
  expect(await listed()).toEqual([0.25]);
});
