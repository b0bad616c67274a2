import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import {
  batchAmended,
  completeBatch,
  countVoided,
  createLine,
  createPlant,
  createProduct,
  getProductionRows,
  listCounts,
  logCount,
  logScrap,
  planBatch,
  startBatch,
  updateBatch,
  voidCount,
  type BatchRow,
} from '@plantops/contracts';
import { at, rowId, ServiceHarness } from '@plantops/testing';
import { readConfig } from '../config.ts';
import { start } from '../service.ts';

let production: ServiceHarness;
let plantId: string;
let product_id: string;
let lines = 0;
beforeAll(async () => {
  production = await ServiceHarness.start('production', start, readConfig);
  plantId = (await production.call(createPlant, { code: 'AKR', name: 'Akron', timezone: 'UTC' })).id;
  product_id = (await production.call(createProduct, { code: 'P1', name: 'Cola', unit_cost: 1 })).id;
});
afterAll(() => production.close());

const aNewLine = async () => {
  const code = `L${(lines += 1)}`;
  return (
    await production.call(createLine, {
      code,
      plant_id: plantId,
      name: code,
      hourly_cost: 300,
      ideal_cycle_seconds: 30,
    })
  ).id;
};
const ran = async (line_id: string, batch_number: string, from = '06:00', to?: string) => {
  const { id } = await production.call(planBatch, { batch_number, line_id, product_id });
  const batch = await production.call(startBatch, { id, started_at: at(from) });
  return to === undefined ? batch : production.call(completeBatch, { id, completed_at: at(to) });
};
const amend = (id: string, changes: object) => production.call(updateBatch, { id, ...changes });

describe('a correction of a batch', () => {
  test('of the totals of a completed batch is announced with its next version', async () => {
    const batch = await ran(await aNewLine(), 'B1', '06:00', '14:00');
    const amended = await amend(batch.id, { good_count: 790, scrap_count: 20, completed_at: at('13:30') });
    expect(amended).toMatchObject({ version: 4, status: 'completed', good_count: 790, completed_at: at('13:30') });
    expect((await production.announced(batchAmended.type)).at(-1)?.data).toEqual(amended);
  });

  test('of its plan is possible until it starts, of its actual times and totals after that', async () => {
    const line = await aNewLine();
    const { id } = await production.call(planBatch, { batch_number: 'B2', line_id: line });
    expect(await amend(id, { batch_number: 'B3', product_id, planned_quantity: 10 })).toMatchObject({
      batch_number: 'B3',
      product_id,
    });
    await expect(amend(id, { good_count: 1 })).rejects.toMatchObject({
      code: 'illegal_transition',
      message: /good_count/,
    });
    await expect(amend(id, { started_at: at('06:00') })).rejects.toMatchObject({ code: 'illegal_transition' });
    await production.call(startBatch, { id, started_at: at('06:00') });
    await expect(amend(id, { batch_number: 'B4' })).rejects.toMatchObject({ code: 'illegal_transition' });
    await expect(amend(id, { completed_at: at('08:00') })).rejects.toMatchObject({
      code: 'illegal_transition',
      message: /completing it/,
    });
    expect(await amend(id, { started_at: at('06:30'), operator: 'Ada' })).toMatchObject({
      started_at: at('06:30'),
      operator: 'Ada',
    });
  });

  test('into the time of another batch of the line is refused, and names that batch', async () => {
    const line = await aNewLine();
    const [first, second] = [await ran(line, 'B1', '06:00', '08:00'), await ran(line, 'B2', '08:00', '10:00')];
    await expect(amend(first.id, { completed_at: at('08:30') })).rejects.toMatchObject({
      code: 'overlap',
      message: expect.stringContaining(second.id),
    });
    expect(await amend(first.id, { completed_at: at('07:30') })).toMatchObject({ completed_at: at('07:30') });
    await expect(amend(first.id, { completed_at: at('05:00') })).rejects.toMatchObject({
      errors: [{ path: 'completed_at' }],
    });
  });

  test('of its product is refused until the scrap with the old product is voided', async () => {
    const batch = await ran(await aNewLine(), 'B1');
    const other = await production.call(createProduct, {
      code: `P${batch.line_id.slice(-4)}`,
      name: 'Tonic',
      unit_cost: 2,
    });
    await production.call(logScrap, { line_id: batch.line_id, batch_id: batch.id, quantity: 1, at: at('07:00') });
    await expect(amend(batch.id, { product_id: other.id })).rejects.toMatchObject({
      code: 'illegal_transition',
      message: /void it/,
    });
  });
});

describe('a count that was wrong', () => {
  test('is voided once, with the reason, and announced; it can still be read', async () => {
    const batch = await ran(await aNewLine(), 'B1');
    const count = await production.call(logCount, { id: batch.id, at: at('07:00'), good: 100 });
    const take = { id: batch.id, count_id: count.id, reason: 'counted twice' };
    const voided = await production.call(voidCount, take);
    expect(voided).toMatchObject({ void_reason: 'counted twice', voided_at: expect.any(String), version: 2 });
    expect((await production.announced(countVoided.type)).at(-1)?.data).toEqual(voided);
    await expect(production.call(voidCount, take)).rejects.toMatchObject({ code: 'illegal_transition' });
    expect((await production.call(listCounts, { id: batch.id })).items).toEqual([voided]);
  });

  test('of another batch or tenant is not found', async () => {
    const line = await aNewLine();
    const batch = await ran(line, 'B1');
    const count = await production.call(logCount, { id: batch.id, at: at('07:00'), good: 100 });
    const take = { id: rowId(9), count_id: count.id, reason: 'x' };
    await expect(production.call(voidCount, take)).rejects.toMatchObject({ code: 'not_found' });
    await expect(production.call(voidCount, { ...take, id: batch.id }, { tenant: 'globex' })).rejects.toMatchObject({
      code: 'not_found',
    });
  });

  test('of a counter that went back is a restart: send the units counted since then, never a negative number', async () => {
    const batch = await ran(await aNewLine(), 'B1');
    await expect(production.call(logCount, { id: batch.id, good: -5 })).rejects.toMatchObject({
      errors: [{ path: 'good', message: expect.stringContaining('restarted') }],
    });
  });
});

describe('the rows for a reconciliation', () => {
  test('contain each batch of the window whole with all its units, and units without a batch; no voided units', async () => {
    const line_id = await aNewLine();
    const batch = await ran(line_id, 'B1', '06:00', '10:00');
    await ran(line_id, 'B0', '10:00', '11:00');
    const early = await production.call(logCount, { id: batch.id, at: at('06:30'), good: 1 });
    const gone = await production.call(logCount, { id: batch.id, at: at('07:00'), good: 2 });
    await production.call(voidCount, { id: batch.id, count_id: gone.id, reason: 'x' });
    const loose = await production.call(logScrap, { line_id, quantity: 3, at: at('09:30') });
    await production.call(logScrap, { line_id, quantity: 4, at: at('11:30') });
    const { items, next_cursor } = await production.call(getProductionRows, {
      line_id,
      from: at('09:00'),
      to: at('10:00'),
    });
    expect(next_cursor).toBeNull();
    expect(items.map(({ kind, row }) => [kind, row.id])).toEqual([
      ['batch', batch.id],
      ['count', early.id],
      ['scrap', loose.id],
    ]);
    expect(items[1]?.row).toEqual(early);
  });

  test('of two batches that the version before began at the same instant, the one with the later id has the line; the other one ended where it began', async () => {
    const line_id = await aNewLine();
    const first = await ran(line_id, 'B1', '06:00');
    const second = await production.call(planBatch, { batch_number: 'B2', line_id, product_id });
    await production.rows.query(
      "update batch set status = 'running', started_at = $2, runs = null where id = any($1)",
      [[first.id, second.id], at('06:00')],
    );
    const rowsOf = async () =>
      (await production.call(getProductionRows, { line_id, from: at('09:00'), to: at('10:00') })).items;
    expect((await rowsOf()).map(({ row }) => row.id)).toEqual([second.id]);
    await production.call(logCount, { id: first.id, at: at('09:30'), good: 1 });
    const named = (await rowsOf()).find(({ row }) => row.id === first.id)?.row as BatchRow;
    expect(Date.parse(named.completed_at ?? '')).toBe(Date.parse(at('06:00')));
  });

  test('come in pages when there are many, each row once', async () => {
    const line_id = await aNewLine();
    const batch = await ran(line_id, 'B1');
    await production.rows.query(
      `insert into unit_count (id, tenant_id, version, created_at, updated_at, created_by, updated_by, line_id, batch_id, batch_number, at, good, reject)
       select gen_random_uuid(), 'akron', 1, now(), now(), 'x', 'x', $1, $2, 'B1', '2026-03-02T07:00Z', 1, 0 from generate_series(1, 1200)`,
      [line_id, batch.id],
    );
    const seen = new Set<string>();
    let cursor: string | null | undefined;
    while (cursor !== null) {
      const page: { items: { row: { id: string } }[]; next_cursor: string | null } = await production.call(
        getProductionRows,
        {
          line_id,
          from: at('06:00'),
          to: at('08:00'),
          ...(cursor === undefined ? {} : { cursor }),
        },
      );
      for (const { row } of page.items) seen.add(row.id);
      cursor = page.next_cursor;
    }
    expect(seen.size).toBe(1201);
  });
});
