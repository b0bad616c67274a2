import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import {
  completeBatch,
  createLine,
  createPlant,
  createProduct,
  getBatch,
  getScrap,
  listBatches,
  listCounts,
  listScrap,
  logCount,
  logScrap,
  planBatch,
  rejectionsOf,
  scrapAmended,
  startBatch,
  updateBatch,
  updateProduct,
} from '@plantops/contracts';
import { at, ServiceHarness, twiceShuffled, waitFor } from '@plantops/testing';
import { readConfig } from '../config.ts';
import { start } from '../service.ts';

const BOTTLE = { unit: 'bottle', factor: '1/6' };
let production: ServiceHarness;
let plant_id: string;
beforeAll(async () => {
  production = await ServiceHarness.start('production', start, readConfig);
  plant_id = (await production.call(createPlant, { code: 'AKR', name: 'Akron', timezone: 'UTC' })).id;
});
afterAll(() => production.close());

const addProduct = (code: string, units: { unit: string; factor: string | number }[] = [BOTTLE]) =>
  production.call(createProduct, { code, name: code, unit: 'pack', units, unit_cost: 3 });
const addLine = async (code: string) =>
  (await production.call(createLine, { code, plant_id, name: code, hourly_cost: 300, ideal_cycle_seconds: 30 })).id;
const scrapOf = async (line_id: string) =>
  (await production.call(listScrap, { line_id, sort: 'at' })).items.map((row) => [
    row.quantity,
    row.unit,
    row.given_quantity,
    row.given_unit,
    row.unit_cost,
  ]);

describe('scrap over REST', () => {
  test('is converted, by the product that is named or that of its batch, and both are kept', async () => {
    const [product, line_id] = [await addProduct('REST'), await addLine('REST')];
    const { id } = await production.call(planBatch, { batch_number: 'B', line_id, product_id: product.id });
    await production.call(startBatch, { id, started_at: at('06:00') });
    const given = { line_id, quantity: 12, unit: 'bottle', unit_cost: 0.5 };
    await production.call(logScrap, { ...given, product_id: product.id, at: at('07:00') });
    await production.call(logScrap, { ...given, batch_id: id, at: at('08:00') });
    await production.call(logScrap, { line_id, quantity: 12, batch_id: id, at: at('09:00') });
    expect(await scrapOf(line_id)).toEqual([
      [2, 'pack', 12, 'bottle', 3],
      [2, 'pack', 12, 'bottle', 3],
      [12, 'pack', null, null, null],
    ]);
    await production.call(logCount, { id, at: at('08:30'), good: 60, reject: 6, unit: 'bottle' });
    expect((await production.call(listCounts, { id })).items).toMatchObject([
      { good: 10, reject: 1, given_good: 60, given_reject: 6, given_unit: 'bottle' },
    ]);
  });

  test('in a unit that the product does not have is refused, and the refusal names its units', async () => {
    const [product, line_id] = [await addProduct('KG'), await addLine('KG')];
    const given = { line_id, quantity: 12, unit: 'kg', product_id: product.id };
    await expect(production.call(logScrap, given)).rejects.toMatchObject({
      code: 'invalid',
      errors: [{ path: 'unit', message: 'kg is no unit of product KG: use pack, bottle' }],
    });
    expect(await scrapOf(line_id)).toEqual([]);
  });
});

describe('line events in a unit', () => {
  const tape = (product_code: string) => [
    { kind: 'batch.started', id: `${product_code}-1`, batch_number: 'B', at: at('06:00'), product_code },
    { kind: 'scrap', id: `${product_code}-2`, batch_number: 'B', at: at('07:00'), quantity: 12, unit: 'bottle' },
    { kind: 'scrap', id: `${product_code}-3`, batch_number: 'B', at: at('08:00'), quantity: 3 },
    { kind: 'scrap', id: `${product_code}-4`, at: at('09:00'), quantity: 12, unit: 'bottle', product_code },
    { kind: 'count', id: `${product_code}-5`, batch_number: 'B', at: at('09:30'), good: 60, unit: 'bottle' },
  ];

  test('are stored the same in every order of arrival, also before their batch starts', async () => {
    for (const index of [1, 2, 3, 4]) {
      const events = twiceShuffled(tape('ORDER'), index);
      const code = `ORDER-${index}`;
      const [, line_id] = [await addProduct(code), await addLine(code)];
      for (const { kind, id, ...body } of events)
        await production.publish(code, kind, {
          ...body,
          id: `${id}-${index}`,
          ...('product_code' in body ? { product_code: code } : {}),
        });
      await production.settled();
      expect([code, await scrapOf(line_id)]).toEqual([
        code,
        [
          [2, 'pack', 12, 'bottle', null],
          [3, 'pack', null, null, null],
          [2, 'pack', 12, 'bottle', null],
        ],
      ]);
      const { rows } = await production.rows.query(
        'select good::float, given_good::float, given_unit from unit_count where line_id = $1',
        [line_id],
      );
      expect(rows).toEqual([{ good: 10, given_good: 60, given_unit: 'bottle' }]);
    }
  });

  test('that the product does not have wait until it has the unit', async () => {
    const [product, line_id] = [await addProduct('WAIT', []), await addLine('WAIT')];
    for (const { kind, ...body } of tape('WAIT')) await production.publish('WAIT', kind, body);
    await production.settled();
    expect(await scrapOf(line_id)).toEqual([[3, 'pack', null, null, null]]);
    await production.call(updateProduct, { id: product.id, units: [BOTTLE] });
    await waitFor('what waited to be stored', async () => (await scrapOf(line_id)).length === 3);
    expect(await scrapOf(line_id)).toContainEqual([2, 'pack', 12, 'bottle', null]);
    expect((await production.call(rejectionsOf('production'), {})).items).toEqual([]);
  });
});

test('a count in a unit waits in a batch without a product until the batch has one', async () => {
  const [product, line_id] = [await addProduct('LATE'), await addLine('LATE')];
  await production.publish('LATE', 'batch.started', { id: 'late-1', batch_number: 'B', at: at('06:00') });
  const count = { batch_number: 'B', at: at('07:00'), good: 60, unit: 'bottle' };
  await production.publish('LATE', 'count', { ...count, id: 'late-2' });
  await production.settled();
  const [batch] = (await production.call(listBatches, { line_id })).items;
  const { id } = batch as NonNullable<typeof batch>;
  expect((await production.call(listCounts, { id })).items).toEqual([]);
  await production.call(updateBatch, { id, product_id: product.id });
  await waitFor('the count to be stored', async () => (await production.call(listCounts, { id })).items.length === 1);
  expect((await production.call(listCounts, { id })).items).toMatchObject([{ good: 10, given_good: 60 }]);
});

test('scrap that is logged while a factor is being corrected is converted by the corrected one', async () => {
  const [product, line_id] = [await addProduct('RACE'), await addLine('RACE')];
  const correction = await production.rows.connect();
  try {
    await correction.query('begin');
    await correction.query('update product set units = $2 where id = $1', [
      product.id,
      JSON.stringify([{ unit: 'bottle', factor: '1/12' }]),
    ]);
    const logged = production.call(logScrap, { line_id, product_id: product.id, quantity: 12, unit: 'bottle' });
    await waitFor('the scrap to wait for the correction', async () => {
      const { rows } = await correction.query<{ waits: boolean }>(
        `select exists (
           select from pg_locks where not granted and pg_backend_pid() = any(pg_blocking_pids(pid))) as waits`,
      );
      return rows[0]?.waits;
    });
    await correction.query('commit');
    expect(await logged).toMatchObject({ quantity: 1, given_quantity: 12 });
  } finally {
    correction.release(true);
  }
});

describe('the quantities of a batch', () => {
  test('in another unit are converted, and again by a corrected factor or another product', async () => {
    const [product, line_id] = [await addProduct('BATCH'), await addLine('BATCH')];
    const six = await addProduct('BATCH-12', [{ unit: 'bottle', factor: '1/12' }]);
    const planned = { batch_number: 'B', line_id, planned_quantity: 360, unit: 'bottle' };
    const { id, ...batch } = await production.call(planBatch, { ...planned, product_id: product.id });
    expect(batch).toMatchObject({
      planned_quantity: 60,
      given: { planned_quantity: { quantity: 360, unit: 'bottle' } },
    });
    expect(await production.call(updateBatch, { id, product_id: six.id })).toMatchObject({ planned_quantity: 30 });
    await production.call(startBatch, { id, started_at: at('06:00') });
    const ended = { id, completed_at: at('07:00'), good_count: 120, scrap_count: 1 };
    expect(await production.call(completeBatch, { ...ended, unit: 'bottle' })).toMatchObject({
      good_count: 10,
      planned_quantity: 30,
      given: { planned_quantity: { quantity: 360, unit: 'bottle' }, good_count: { quantity: 120, unit: 'bottle' } },
    });
    await expect(production.call(updateBatch, { id, good_count: 1, unit: 'kg' })).rejects.toMatchObject({
      errors: [{ path: 'unit', message: 'kg is no unit of product BATCH-12: use pack, bottle' }],
    });
    expect(await production.call(updateBatch, { id, scrap_count: 2 })).toMatchObject({
      scrap_count: 2,
      good_count: 10,
    });
    await production.call(updateProduct, { id: six.id, units: [BOTTLE] });
    await waitFor('the batch to be converted again', async () => {
      expect(await production.call(getBatch, { id })).toMatchObject({
        good_count: 20,
        planned_quantity: 60,
        scrap_count: 2,
      });
      return true;
    });
  });

  test('in line events: those in a unit that is not known wait, and nothing is rejected', async () => {
    const [product, line_id] = [await addProduct('ENDS', []), await addLine('ENDS')];
    const at_start = { batch_number: 'B', at: at('06:00'), product_code: 'ENDS', planned_quantity: 60, unit: 'bottle' };
    const at_end = { batch_number: 'B', at: at('07:00'), good_count: 36, unit: 'bottle' };
    await production.publish('ENDS', 'batch.completed', { ...at_end, id: 'ends-2' });
    await production.publish('ENDS', 'batch.started', { ...at_start, id: 'ends-1' });
    await production.settled();
    expect((await production.call(listBatches, { line_id })).items).toEqual([]);
    await production.call(updateProduct, { id: product.id, units: [BOTTLE] });
    await waitFor('the batch to be completed', async () => {
      expect((await production.call(listBatches, { line_id })).items).toMatchObject([
        { status: 'completed', planned_quantity: 10, good_count: 6 },
      ]);
      return true;
    });
    expect((await production.call(rejectionsOf('production'), {})).items).toEqual([]);
  });
});

test('a corrected factor converts again what is stored, in chunks, announces it, and leaves all else as it is', async () => {
  const [product, line_id] = [await addProduct('FIX'), await addLine('FIX')];
  const events = Array.from({ length: 450 }, (_, n) => ({
    id: `fix-${n}`,
    quantity: 12,
    unit: 'bottle',
    unit_cost: 0.5,
  }));
  for (const event of events)
    await production.publish('FIX', 'scrap', { ...event, at: at('07:00'), product_code: 'FIX' });
  await production.publish('FIX', 'scrap', { id: 'fix-own', at: at('06:00'), quantity: 5, product_code: 'FIX' });
  await production.settled();
  const sums = async () =>
    (
      await production.rows.query(
        `select count(*)::int as rows, quantity::float, exact_unit_cost::float as unit_cost, version
         from scrap_event where line_id = $1 group by 2, 3, 4 order by 2`,
        [line_id],
      )
    ).rows;
  expect(await sums()).toEqual([
    { rows: 450, quantity: 2, unit_cost: 3, version: 1 },
    { rows: 1, quantity: 5, unit_cost: null, version: 1 },
  ]);
  await production.call(updateProduct, { id: product.id, units: [{ unit: 'bottle', factor: '1/12' }] });
  await waitFor('all rows to be converted again', async () => {
    expect(await sums()).toEqual([
      { rows: 450, quantity: 1, unit_cost: 6, version: 2 },
      { rows: 1, quantity: 5, unit_cost: null, version: 1 },
    ]);
    return true;
  });
  const { items } = await production.call(listScrap, { line_id, sort: '-at', limit: 1 });
  const row = await production.call(getScrap, { id: items[0]?.id as string });
  expect(row).toMatchObject({ quantity: 1, given_quantity: 12, given_unit: 'bottle', given_unit_cost: 0.5 });
  const announced = await production.announced(scrapAmended.type);
  expect(announced.map(({ data }) => data)).toContainEqual(row);
  expect(announced).toHaveLength(450);
});

describe('the own unit of a product', () => {
  test('changes while the product has no quantities', async () => {
    const { id } = await addProduct('UNUSED');
    expect(await production.call(updateProduct, { id, unit: 'kg' })).toMatchObject({ unit: 'kg', units: [BOTTLE] });
  });

  const uses: [string, (line_id: string, product_id: string) => Promise<unknown>][] = [
    ['a batch', (line_id, product_id) => production.call(planBatch, { batch_number: 'B', line_id, product_id })],
    [
      'scrap',
      (line_id, product_id) => production.call(logScrap, { line_id, product_id, quantity: 1, at: at('07:00') }),
    ],
    [
      'a count of no batch',
      async () => {
        await production.publish('KEEP-2', 'count', { id: 'keep', at: at('07:00'), good: 1, product_code: 'KEEP-2' });
        await production.settled();
      },
    ],
  ];
  test.each(uses.map(([what, use], index) => ({ what, use, code: `KEEP-${index}` })))(
    'stays once there is $what of it, and the refusal says what to do instead; other units are added as before',
    async ({ use, code }) => {
      const [{ id }, line_id] = [await addProduct(code), await addLine(code)];
      await use(line_id, id);
      await expect(production.call(updateProduct, { id, unit: 'kg' })).rejects.toMatchObject({
        code: 'invalid',
        errors: [{ path: 'unit', message: expect.stringMatching(/must stay pack.*add kg to units.*new product/) }],
      });
      const units = [BOTTLE, { unit: 'kg', factor: 2 }];
      expect(await production.call(updateProduct, { id, unit: 'pack', units })).toMatchObject({ unit: 'pack', units });
    },
  );
});

test('counts and scrap in the own unit of a product do not wait for a change of the product', async () => {
  const [product, line_id] = [await addProduct('FREE'), await addLine('FREE')];
  const change = await production.rows.connect();
  try {
    await change.query('begin');
    await change.query('select from product where id = $1 for no key update', [product.id]);
    const event = { at: at('07:00'), product_code: 'FREE' };
    await production.publish('FREE', 'scrap', { ...event, id: 'free-1', quantity: 2 });
    await production.publish('FREE', 'scrap', { ...event, id: 'free-2', quantity: 3, unit: 'pack' });
    await production.publish('FREE', 'count', { ...event, id: 'free-3', good: 1 });
    await waitFor('the units to be stored', async () => {
      expect((await scrapOf(line_id)).map(([quantity]) => quantity).sort()).toEqual([2, 3]);
      const { rows } = await production.rows.query('select from unit_count where line_id = $1', [line_id]);
      expect(rows).toHaveLength(1);
      return true;
    });
  } finally {
    await change.query('rollback');
    change.release();
  }
});

test('scrap that waited for its batch keeps the unit it named; what named none gets that of the product', async () => {
  const [product, line_id] = [await addProduct('LINK'), await addLine('LINK')];
  const insert = (at_time: string, unit: string) =>
    production.rows.query(
      `insert into scrap_event (id, tenant_id, version, created_at, updated_at, created_by, updated_by, line_id,
         batch_number, at, quantity, unit, disposition, phase)
       select gen_random_uuid(), tenant_id, 1, now(), now(), 'test', 'test', id, 'B', $2, 5, $3, 'scrap', 'production'
       from line where id = $1`,
      [line_id, at_time, unit],
    );
  await insert(at('07:00'), 'kg');
  await insert(at('08:00'), 'ea');
  const { id } = await production.call(planBatch, { batch_number: 'B', line_id, product_id: product.id });
  await production.call(startBatch, { id, started_at: at('06:00') });
  expect((await production.call(listScrap, { line_id, sort: 'at' })).items).toMatchObject([
    { quantity: 5, unit: 'kg', batch_id: id },
    { quantity: 5, unit: 'pack', batch_id: id },
  ]);
});
