/** Quantities in other units than the product's own: over NATS and REST to a running plant, read through the gateway. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { at, shuffled } from '@plantops/fixtures';
import { becomes } from './worked-cases/becomes.ts';
import type { CaseLine } from './worked-cases/case-line.ts';
import { CasePlant } from './worked-cases/case-plant.ts';
import { expectExplained } from './worked-cases/explained.ts';
import { BASE, dataOf } from './worked-cases/gateway.ts';
import { batch, scrap } from './worked-cases/line-events.ts';
import { DAY } from './worked-cases/worked-case.ts';

const SEED = Number(process.env['PLANTOPS_CASES_SEED'] ?? Date.now() % 2 ** 31);
process.stderr.write(`units: PLANTOPS_CASES_SEED=${SEED} sends the same in the same order again\n`);
const PACKS = { unit: 'pack', units: [{ unit: 'bottle', factor: '1/6' }], unit_cost: 3 };

let plant: CasePlant;
beforeAll(async () => {
  plant = await CasePlant.start();
}, 90_000);
afterAll(() => plant.close());

const lineOf = async (code: string, product = PACKS): Promise<CaseLine> =>
  plant.line(code, await plant.site(code), { ideal_cycle_seconds: 60 }, product);
const productOf = async (code: string) => {
  const { items } = await dataOf(plant.api.GET(`${BASE}/products`, { params: { query: { code } } }));
  return items[0] as NonNullable<(typeof items)[0]>;
};
const scrapOf = async (line: CaseLine) => {
  const query = { line_id: line.ids.id, sort: 'at' as const };
  const { items } = await dataOf(plant.api.GET(`${BASE}/scrap`, { params: { query } }));
  return items.map(({ quantity, unit, given_quantity, given_unit }) => [quantity, unit, given_quantity, given_unit]);
};
const scrapLoss = async (line: CaseLine) => (await line.money(DAY))['scrap_loss'] ?? 0;

describe.each([0, 1, 2])('W10 in order of arrival %d', (order) => {
  test('scrap of 12 bottles is 2 packs and 6.00, and both are shown', async () => {
    const line = await lineOf(`PACK-${order}`);
    const bottles = { ...scrap('B', '08:00', 12), unit: 'bottle' };
    const tape = [...batch('B', '06:00', '07:00'), bottles, scrap('B', '06:30', 1)];
    await line.report(shuffled(tape, SEED + order));
    await becomes(() => scrapLoss(line), 9);
    expect(await scrapOf(line)).toEqual([
      [1, 'pack', null, null],
      [2, 'pack', 12, 'bottle'],
    ]);
  });
});

test('W10: 12 kg are refused with the units that there are, over REST; the same line event waits for the unit', async () => {
  const line = await lineOf('KG');
  const { id: product_id } = await productOf('KG');
  const body = { line_id: line.ids.id, product_id, quantity: 12, at: at('08:00') };
  const refused = await plant.api.POST(`${BASE}/scrap`, { body: { ...body, unit: 'kg' } });
  expect([refused.response.status, refused.error]).toMatchObject([
    422,
    { code: 'invalid', errors: [{ path: 'unit', message: expect.stringContaining('use pack, bottle') }] },
  ]);
  await dataOf(plant.api.POST(`${BASE}/scrap`, { body: { ...body, unit: 'bottle' } }));
  await becomes(() => scrapLoss(line), 6);

  const weighed = { ...scrap('B', '09:00', 12), unit: 'kg' };
  await line.report([...batch('B', '06:00', '07:00'), weighed, { ...scrap('B', '10:00', 6), unit: 'bottle' }]);
  await becomes(() => scrapLoss(line), 9);
  const units = [...PACKS.units, { unit: 'kg', factor: 0.25 }];
  await dataOf(plant.api.PUT(`${BASE}/products/{id}`, { params: { path: { id: product_id } }, body: { units } }));
  await becomes(() => scrapLoss(line), 18);
  expect(await scrapOf(line)).toContainEqual([3, 'pack', 12, 'kg']);
  expect((await dataOf(plant.api.GET(`${BASE}/ingest/rejections`))).items).toEqual([]);
});

test('a corrected factor converts again: the rows change and the ledger takes back what it had posted', async () => {
  const line = await lineOf('FACTOR');
  const { id } = await productOf('FACTOR');
  const own = { ...scrap('B', '08:30', 12), unit: 'bottle', unit_cost: 1 };
  await line.report([...batch('B', '06:00', '07:00'), { ...scrap('B', '08:00', 12), unit: 'bottle' }, own]);
  await becomes(() => scrapLoss(line), 6 + 12);
  const before = await line.rows(DAY);
  const units = [{ unit: 'bottle', factor: '1/12' }];
  await dataOf(plant.api.PUT(`${BASE}/products/{id}`, { params: { path: { id } }, body: { units } }));
  // What a bottle costs was said by the event: it is 12.00 for twelve, however many are a pack.
  await becomes(() => scrapLoss(line), 3 + 12);
  expect(await scrapOf(line)).toEqual([
    [1, 'pack', 12, 'bottle'],
    [1, 'pack', 12, 'bottle'],
  ]);
  const after = await line.rows(DAY);
  expect(after.slice(0, before.length)).toEqual(before);
  expect(
    (await line.net(DAY)).filter(({ rule }) => rule === 'scrap').map((row) => [row.quantity, row.unit_cost]),
  ).toEqual(
    expect.arrayContaining([
      [1, 3],
      [1, 12],
    ]),
  );
});

test('scrap costs what was given for the unit that it was given in, however small that is for one unit of the product', async () => {
  const pallets = { unit: 'cap', units: [{ unit: 'pallet', factor: '100000000/1' }], unit_cost: 3 };
  const line = await lineOf('PALLET', pallets);
  const pallet = { ...scrap('B', '06:30', 1), unit: 'pallet', unit_cost: 40 };
  await line.report(shuffled([...batch('B', '06:00', '07:00'), pallet], SEED));
  await becomes(() => scrapLoss(line), 40);
  const rows = (await line.net(DAY)).filter(({ rule }) => rule === 'scrap');
  expect(rows).toMatchObject([{ quantity: 1e8, unit_cost: 4e-7, amount_usd: 40 }]);
  for (const row of rows) await expectExplained(plant, row);
});

test('totals of a batch in another unit are made in the product’s own, in any order', async () => {
  const line = await lineOf('TOTALS');
  const totals = { good_count: 360, scrap_count: 6, unit: 'bottle' };
  await line.report(shuffled(batch('B', '06:00', '07:00', totals), SEED));
  await becomes(async () => {
    const { good_count, total_count } = (await line.oee(DAY)).terms;
    return [good_count, total_count];
  }, [60, 61]);
});

test('counts in another unit are made in the product’s own: 360 bottles are 60 packs', async () => {
  const line = await lineOf('COUNTED');
  const counted = { kind: 'count' as const, batch_number: 'B', at: at('06:30'), good: 360, reject: 6, unit: 'bottle' };
  await line.report(shuffled([...batch('B', '06:00', '07:00'), counted], SEED));
  await becomes(async () => {
    const { good_count, total_count } = (await line.oee(DAY)).terms;
    return [good_count, total_count];
  }, [60, 61]);
});
