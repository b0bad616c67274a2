import { afterAll, beforeAll, expect, test } from '@jest/globals';
import * as contracts from '@plantops/contracts';
import { at, ServiceHarness } from '@plantops/testing';
import { Costs } from '@plantops/testing/trips';
import { readConfig } from './config.ts';
import { start } from './service.ts';

let production: ServiceHarness;
beforeAll(async () => {
  production = await ServiceHarness.start('production', start, readConfig);
});
afterAll(() => production.close());

/** Answers that PostgreSQL has written once have known columns. */
async function warmUp() {
  await production.call(contracts.listPlants, {});
  await production.call(contracts.listLines, {});
  await production.call(contracts.listProducts, {});
  await production.call(contracts.listBatches, {});
  await production.call(contracts.listScrap, {});
}

test('each operation asks the database so many statements, in so many trips', async () => {
  await warmUp();
  const costs = new Costs(production);
  const plant = await costs.call(contracts.createPlant, { code: 'AKR', name: 'Akron', timezone: 'UTC' });
  await costs.call(contracts.updatePlant, { id: plant.id, name: 'Akron 2' });
  await costs.call(contracts.setShifts, { id: plant.id, weekly: null });
  const product = await costs.call(contracts.createProduct, { code: 'P1', name: 'Cola', unit_cost: 1 });
  await costs.call(contracts.updateProduct, { id: product.id, name: 'Cola 2' });
  const line = await costs.call(contracts.createLine, {
    code: 'L1',
    plant_id: plant.id,
    name: 'Line',
    hourly_cost: 300,
    ideal_cycle_seconds: 30,
  });
  await costs.call(contracts.updateLine, { id: line.id, name: 'Line 1' });
  await costs.call(contracts.setRate, { id: product.id, line_id: line.id, ideal_cycle_seconds: 20 });
  const plan = (batch_number: string) =>
    costs.call(contracts.planBatch, { batch_number, line_id: line.id, product_id: product.id });
  const { id } = await plan('B1');
  await costs.call(contracts.startBatch, { id, started_at: at('06:00') });
  await costs.call(contracts.updateBatch, { id, operator: 'Ada' });
  const count = await costs.call(contracts.logCount, { id, at: at('06:30'), good: 5 });
  await costs.call(contracts.voidCount, { id, count_id: count.id, reason: 'twice' });
  const scrap = await costs.call(contracts.logScrap, {
    line_id: line.id,
    batch_id: id,
    at: at('06:40'),
    quantity: 1,
  });
  await costs.call(contracts.voidScrap, { id: scrap.id, reason: 'twice' });
  await costs.call(contracts.pauseBatch, { id, paused_at: at('10:00') });
  await costs.call(contracts.resumeBatch, { id, resumed_at: at('10:30') });
  await costs.call(contracts.completeBatch, { id, completed_at: at('14:00'), good_count: 5 });
  await costs.call(contracts.cancelBatch, { id: (await plan('B2')).id, reason: 'not needed' });
  await costs.call(contracts.getPlant, { id: plant.id });
  await costs.call(contracts.getShifts, { id: plant.id });
  await costs.call(contracts.getLine, { id: line.id });
  await costs.call(contracts.getProduct, { id: product.id });
  await costs.call(contracts.getBatch, { id });
  await costs.call(contracts.getScrap, { id: scrap.id });
  await costs.call(contracts.listPlants, {});
  await costs.call(contracts.listLines, {});
  await costs.call(contracts.listProducts, {});
  await costs.call(contracts.listBatches, { line_id: line.id });
  await costs.call(contracts.listCounts, { id });
  await costs.call(contracts.listScrap, { line_id: line.id });
  expect(costs.of).toEqual({
    'create-plant': '3 in 2',
    'update-plant': '4 in 3',
    'set-shifts': '4 in 3',
    'create-product': '3 in 2',
    'update-product': '4 in 3',
    'create-line': '3 in 2',
    'update-line': '4 in 3',
    'set-rate': '5 in 4',
    'plan-batch': '3 in 2',
    'start-batch': '11 in 6',
    'update-batch': '5 in 4',
    'log-count': '4 in 3',
    'void-count': '5 in 3',
    'log-scrap': '4 in 3',
    'void-scrap': '4 in 3',
    'pause-batch': '8 in 4',
    'resume-batch': '8 in 4',
    'complete-batch': '6 in 3',
    'cancel-batch': '6 in 3',
    'get-plant': '1 in 1',
    'get-shifts': '2 in 2',
    'get-line': '1 in 1',
    'get-product': '1 in 1',
    'get-batch': '1 in 1',
    'get-scrap': '1 in 1',
    'list-plants': '3 in 2',
    'list-lines': '2 in 2',
    'list-products': '2 in 2',
    'list-batches': '2 in 2',
    'list-counts': '3 in 3',
    'list-scrap': '2 in 2',
  });
});
