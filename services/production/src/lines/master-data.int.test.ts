import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import {
  createLine,
  createPlant,
  createProduct,
  getLine,
  lineUpdated,
  listLines,
  listPlants,
  logScrap,
  planBatch,
  updateLine,
  updatePlant,
  updateProduct,
} from '@plantops/contracts';
import { at, ServiceHarness } from '@plantops/testing';
import { readConfig } from '../config.ts';
import { start } from '../service.ts';

let production: ServiceHarness;
const globex = { tenant: 'globex' };
const plant = (who = {}) =>
  production.call(createPlant, { code: 'AKR', name: 'Akron', timezone: 'America/New_York' }, who);
const line = (plant_id: string, code: string, who = {}) =>
  production.call(createLine, { code, plant_id, name: code, hourly_cost: 300, ideal_cycle_seconds: 30 }, who);
const product = (code: string, who = {}) =>
  production.call(createProduct, { code, name: code, unit_cost: 4, salvage_value: 0.5 }, who);
let plantId: string;

beforeAll(async () => {
  production = await ServiceHarness.start('production', start, readConfig);
  plantId = (await plant()).id;
});
afterAll(() => production.close());

describe('tenants', () => {
  test('codes are unique in a tenant and free for another', async () => {
    const taken = { code: 'already_exists', errors: [{ path: 'code' }] };
    await line(plantId, 'L1');
    await product('P1');
    await expect(plant()).rejects.toMatchObject(taken);
    await expect(line(plantId, 'L1')).rejects.toMatchObject(taken);
    await expect(product('P1')).rejects.toMatchObject(taken);
    const other = await plant(globex);
    await expect(line(other.id, 'L1', globex)).resolves.toMatchObject({ tenant_id: 'globex' });
    await expect(product('P1', globex)).resolves.toMatchObject({ tenant_id: 'globex' });
  });

  test('a code that seemed free to two commands at once is given once', async () => {
    const outcomes = await Promise.allSettled([1, 2, 3, 4].map(() => line(plantId, 'RACE')));
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  test("another tenant's rows can neither be read, changed nor pointed at", async () => {
    const [ours, sold] = [await line(plantId, 'L2'), await product('P2')];
    await expect(production.call(getLine, { id: ours.id }, globex)).rejects.toMatchObject({ code: 'not_found' });
    await expect(production.call(updateLine, { id: ours.id, name: 'mine' }, globex)).rejects.toMatchObject({
      code: 'not_found',
    });
    await expect(production.call(updatePlant, { id: plantId, name: 'mine' }, globex)).rejects.toMatchObject({
      code: 'not_found',
    });
    await expect(line(plantId, 'L3', globex)).rejects.toMatchObject({
      code: 'invalid',
      errors: [{ path: 'plant_id' }],
    });
    await expect(production.call(logScrap, { line_id: ours.id, quantity: 1 }, globex)).rejects.toMatchObject({
      errors: [{ path: 'line_id' }],
    });
    await expect(production.call(planBatch, { batch_number: 'B', line_id: ours.id }, globex)).rejects.toMatchObject({
      errors: [{ path: 'line_id' }],
    });
    const theirPlant = (await production.call(listPlants, {}, globex)).items[0]?.id ?? '';
    const theirs = await line(theirPlant, 'L4', globex);
    await expect(
      production.call(planBatch, { batch_number: 'B', line_id: theirs.id, product_id: sold.id }, globex),
    ).rejects.toMatchObject({
      errors: [{ path: 'product_id' }],
    });
    const { items } = await production.call(listLines, {}, globex);
    expect(items.every(({ tenant_id }) => tenant_id === 'globex')).toBe(true);
  });
});

describe('versions', () => {
  test('a price is in force from valid_from; the row shows the present one', async () => {
    const { id } = await line(plantId, 'V1');
    const corrected = await production.call(updateLine, {
      id,
      hourly_cost: 200,
      valid_from: at('2026-01-01T00:00:00Z'),
    });
    expect(corrected.versions).toMatchObject([
      { valid_from: null, hourly_cost: 300 },
      { valid_from: '2026-01-01T00:00:00.000Z', hourly_cost: 200 },
    ]);
    expect(corrected.hourly_cost).toBe(200);
    const announcedNow = await production.call(updateLine, {
      id,
      hourly_cost: 500,
      ideal_cycle_seconds: 20,
      valid_from: '2099-01-01T00:00:00Z',
    });
    expect(announcedNow).toMatchObject({ hourly_cost: 200, ideal_cycle_seconds: 30, version: 3 });
    expect(announcedNow.versions).toHaveLength(3);
    expect((await production.announced(lineUpdated.type)).at(-1)?.data).toEqual(announcedNow);
  });

  test('without valid_from a change is in force from now on', async () => {
    const { id } = await line(plantId, 'V2');
    const before = new Date().toISOString();
    const { versions } = await production.call(updateLine, { id, micro_stop_seconds: 60 });
    expect(versions).toMatchObject([{ micro_stop_seconds: 300 }, { micro_stop_seconds: 60 }]);
    expect((versions[1]?.valid_from ?? '') >= before).toBe(true);
  });

  test('a change of unversioned fields makes no version', async () => {
    const { id } = await line(plantId, 'V3');
    expect(await production.call(updateLine, { id, name: 'Other', is_active: false })).toMatchObject({
      name: 'Other',
      is_active: false,
      versions: { length: 1 },
    });
  });

  test('the recovery of a scrapped unit is never more than its cost, in any version', async () => {
    const { id } = await product('V4');
    await production.call(updateProduct, { id, unit_cost: 3, valid_from: at('2026-02-01T00:00:00Z') });
    const refused = { code: 'invalid', errors: [{ path: 'salvage_value' }] };
    await expect(
      production.call(updateProduct, { id, salvage_value: 3.5, valid_from: at('2026-02-15T00:00:00Z') }),
    ).rejects.toMatchObject(refused);
    await expect(
      production.call(createProduct, { code: 'V5', name: 'V5', unit_cost: 1, salvage_value: 2 }),
    ).rejects.toMatchObject(refused);
  });

  test('of two changes at once under one If-Match one takes effect', async () => {
    const { id } = await line(plantId, 'V6');
    const outcomes = await Promise.allSettled(
      [1, 2].map((cost) => production.call(updateLine, { id, hourly_cost: cost }, { expectedVersion: 1 })),
    );
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(await production.call(getLine, { id })).toMatchObject({ version: 2, versions: { length: 2 } });
  });
});

describe('how much master data a tenant may have', () => {
  const MOST = 16 * 1024 * 1024;
  const noted = async () =>
    Number((await production.rows.query("select bytes from master_size where tenant_id = 'akron'")).rows[0]?.['bytes']);
  const counted = async () => {
    const each = ['plant', 'line', 'product'].map(
      (table) => `select octet_length(to_jsonb(t)::text) as n from ${table} t where tenant_id = 'akron'`,
    );
    return Number(
      (await production.rows.query(`select sum(n) as n from (${each.join(' union all ')}) each`)).rows[0]?.['n'],
    );
  };

  test('is counted when it is created and changed', async () => {
    const { id } = await product('SIZE');
    await production.call(updateProduct, { id, name: 'A longer name than before' });
    expect(await noted()).toBe(await counted());
  });

  test('is limited: a refusal names the limit and the remedy, another tenant is not affected, and less is always possible', async () => {
    const { id } = await product('LAST');
    const before = await noted();
    await production.rows.query(`update master_size set bytes = ${MOST} where tenant_id = 'akron'`);
    await expect(product('OVER')).rejects.toMatchObject({
      code: 'invalid',
      message: expect.stringContaining('16 MiB'),
    });
    await expect(product('OVER', globex)).resolves.toMatchObject({ code: 'OVER' });
    await expect(production.call(updateProduct, { id, name: 'L' })).resolves.toMatchObject({ name: 'L' });
    await production.rows.query(`update master_size set bytes = ${before} where tenant_id = 'akron'`);
    await expect(product('OVER')).resolves.toMatchObject({ code: 'OVER' });
  });
});
