import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import {
  batchCompleted,
  cancelBatch,
  completeBatch,
  createLine,
  createPlant,
  createProduct,
  getBatch,
  getProductionFigures,
  getScrap,
  listBatches,
  listCounts,
  listScrap,
  logCount,
  logScrap,
  planBatch,
  startBatch,
  voidScrap,
} from '@plantops/contracts';
import { at, rowId, ServiceHarness } from '@plantops/testing';
import { readConfig } from '../config.ts';
import { start } from '../service.ts';

let production: ServiceHarness;
let plantId: string;
let productId: string;
let lines = 0;

beforeAll(async () => {
  production = await ServiceHarness.start('production', start, readConfig);
  plantId = (await production.call(createPlant, { code: 'AKR', name: 'Akron', timezone: 'UTC' })).id;
  productId = (await production.call(createProduct, { code: 'P1', name: 'Cola', unit_cost: 1 })).id;
});
afterAll(() => production.close());

const aNewLine = async () =>
  (
    await production.call(createLine, {
      code: `L${(lines += 1)}`,
      plant_id: plantId,
      name: 'Line',
      hourly_cost: 300,
      ideal_cycle_seconds: 30,
    })
  ).id;
const planned = (line_id: string, batch_number: string) =>
  production.call(planBatch, { batch_number, line_id, product_id: productId });
const running = async (line_id: string, batch_number: string) =>
  production.call(startBatch, { id: (await planned(line_id, batch_number)).id, started_at: at('06:00') });

describe('the life of a batch', () => {
  test('planned, started, completed with its totals: each step is a version and announced', async () => {
    const batch = await planned(await aNewLine(), 'B1');
    expect(batch).toMatchObject({ status: 'planned', version: 1, started_at: null });
    expect(await production.call(startBatch, { id: batch.id, started_at: at('06:00'), operator: 'Ada' })).toMatchObject(
      {
        status: 'running',
        operator: 'Ada',
      },
    );
    const completed = await production.call(completeBatch, {
      id: batch.id,
      completed_at: at('14:00'),
      good_count: 790,
      scrap_count: 20,
    });
    expect(completed).toMatchObject({
      status: 'completed',
      version: 3,
      good_count: 790,
      scrap_count: 20,
      rework_count: null,
    });
    expect(
      (await production.announced()).filter(({ subject }) => subject === batch.id).map(({ type }) => type),
    ).toEqual(['batch.planned', 'batch.started', 'batch.completed']);
    expect((await production.announced(batchCompleted.type)).at(-1)?.data).toEqual(completed);
  });

  test('a second batch on a line is refused while one runs, and the error names the running one', async () => {
    const line = await aNewLine();
    const first = await running(line, 'B1');
    const second = await planned(line, 'B2');
    await expect(production.call(startBatch, { id: second.id })).rejects.toMatchObject({
      code: 'overlap',
      message: expect.stringContaining(first.id),
    });
    await production.call(cancelBatch, { id: first.id, reason: 'wrong recipe' });
    await expect(production.call(startBatch, { id: second.id })).resolves.toMatchObject({ status: 'running' });
  });

  test('two starts on a line at once: one runs', async () => {
    const line = await aNewLine();
    const batches = await Promise.all(['B1', 'B2', 'B3'].map((number) => planned(line, number)));
    const outcomes = await Promise.allSettled(batches.map(({ id }) => production.call(startBatch, { id })));
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected', 'rejected']);
  });

  test('a transition that its status does not allow is refused and changes nothing', async () => {
    const batch = await planned(await aNewLine(), 'B1');
    const { id } = batch;
    const refused = (attempt: Promise<unknown>) =>
      expect(attempt).rejects.toMatchObject({ code: 'illegal_transition' });
    await refused(production.call(completeBatch, { id }));
    await refused(production.call(logCount, { id, good: 1 }));
    expect(await production.call(getBatch, { id })).toEqual(batch);
    await production.call(startBatch, { id, started_at: at('06:00') });
    await refused(production.call(startBatch, { id }));
    await production.call(completeBatch, { id, completed_at: at('07:00') });
    await refused(production.call(completeBatch, { id }));
    await refused(production.call(cancelBatch, { id, reason: 'too late' }));
  });

  test('times that contradict each other name the field', async () => {
    const line = await aNewLine();
    const { id } = await running(line, 'B1');
    const refused = (attempt: Promise<unknown>, path: string) =>
      expect(attempt).rejects.toMatchObject({ code: 'invalid', errors: [{ path }] });
    await refused(production.call(completeBatch, { id, completed_at: at('06:00') }), 'completed_at');
    await refused(production.call(completeBatch, { id, completed_at: '2099-01-01T00:00:00Z' }), 'completed_at');
    await refused(
      production.call(planBatch, {
        batch_number: 'B2',
        line_id: line,
        planned_start: at('08:00'),
        planned_end: at('07:00'),
      }),
      'planned_end',
    );
  });

  test('a batch number is unique on a line, and free on another line', async () => {
    const line = await aNewLine();
    await planned(line, 'B1');
    await expect(planned(line, 'B1')).rejects.toMatchObject({
      code: 'already_exists',
      errors: [{ path: 'batch_number' }],
    });
    await expect(planned(await aNewLine(), 'B1')).resolves.toMatchObject({ status: 'planned' });
  });

  test('a change of an old version is refused', async () => {
    const batch = await running(await aNewLine(), 'B1');
    await expect(production.call(completeBatch, { id: batch.id }, { expectedVersion: 1 })).rejects.toMatchObject({
      code: 'stale_version',
    });
    await expect(production.call(completeBatch, { id: batch.id }, { expectedVersion: 2 })).resolves.toMatchObject({
      status: 'completed',
    });
  });
});

describe('units of a batch', () => {
  test('counts are listed with their batch, newest first, and get its product', async () => {
    const { id } = await running(await aNewLine(), 'B1');
    for (const minute of [10, 20]) await production.call(logCount, { id, at: at(`06:${minute}`), good: minute });
    const { items, total } = await production.call(listCounts, { id });
    expect(total).toBe(2);
    expect(items).toMatchObject([{ good: 20, reject: 0, batch_number: 'B1', product_id: productId }, { good: 10 }]);
    expect(await production.call(listCounts, { id, to: at('06:20') })).toMatchObject({ total: 1 });
    await expect(production.call(listCounts, { id: rowId(99) })).rejects.toMatchObject({ code: 'not_found' });
  });

  test('scrap is voided with a reason, once', async () => {
    const line = await aNewLine();
    const batch = await running(line, 'B1');
    const scrap = await production.call(logScrap, {
      line_id: line,
      batch_id: batch.id,
      quantity: 3.5,
      reason_code: 'crack',
    });
    expect(scrap).toMatchObject({
      product_id: productId,
      batch_number: 'B1',
      disposition: 'scrap',
      phase: 'production',
      unit: 'ea',
      voided_at: null,
    });
    const figures = async () => (await production.call(getProductionFigures, { line_id: line })).recent_scrap_events;
    expect(await figures()).toBe(1);
    await production.call(voidScrap, { id: scrap.id, reason: 'counted twice' });
    await expect(production.call(voidScrap, { id: scrap.id, reason: 'again' })).rejects.toMatchObject({
      code: 'illegal_transition',
    });
    expect(await production.call(getScrap, { id: scrap.id })).toMatchObject({
      void_reason: 'counted twice',
      version: 2,
    });
    expect(await figures()).toBe(0);
    expect(
      (await production.announced()).filter(({ subject }) => subject === scrap.id).map(({ type }) => type),
    ).toEqual(['scrap.logged', 'scrap.voided']);
  });

  test('scrap can only name a batch of its own line', async () => {
    const { id } = await running(await aNewLine(), 'B1');
    const other = await aNewLine();
    await expect(production.call(logScrap, { line_id: other, batch_id: id, quantity: 1 })).rejects.toMatchObject({
      errors: [{ path: 'batch_id' }],
    });
    expect(await production.call(listScrap, { line_id: other })).toMatchObject({ total: 0 });
  });

  test('lists filter by line and status', async () => {
    const line = await aNewLine();
    await running(line, 'B1');
    await planned(line, 'B2');
    const numbers = async (status?: 'planned' | 'running') =>
      (await production.call(listBatches, { line_id: line, status })).items.map((batch) => batch.batch_number);
    expect([await numbers(), await numbers('running'), await numbers('planned')]).toEqual([
      ['B2', 'B1'],
      ['B1'],
      ['B2'],
    ]);
  });
});
