/** What is sent in many forms is one value: over NATS and REST to a running plant, read through the gateway only. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { shuffled } from '@plantops/fixtures';
import fc from 'fast-check';
import { becomes } from './worked-cases/becomes.ts';
import { CasePlant } from './worked-cases/case-plant.ts';
import { BASE, dataOf } from './worked-cases/gateway.ts';
import { batch, count, stop } from './worked-cases/line-events.ts';
import { DAY } from './worked-cases/worked-case.ts';

const SEED = Number(process.env['PLANTOPS_CASES_SEED'] ?? Date.now() % 2 ** 31);
process.stderr.write(`normal form: PLANTOPS_CASES_SEED=${SEED} sends the same again\n`);
const FLOAT = 12.300000190734863;
const [NFC, NFD] = ['Gr\u00f6\u00dfe', 'Gro\u0308\u00dfe'];

let plant: CasePlant;
beforeAll(async () => {
  plant = await CasePlant.start();
}, 90_000);
afterAll(() => plant.close());

const addProduct = (code: string, unit_cost = 1) =>
  plant.api.POST(`${BASE}/products`, { body: { code, name: 'P', unit_cost } });
const productsOf = async (code: string) =>
  (await dataOf(plant.api.GET(`${BASE}/products`, { params: { query: { code } } }))).items;

describe.each([0, 1, 2])('in order of arrival %d', (order) => {
  test('W9: two counts of a 32-bit float are 24.6, under one batch number however it is padded', async () => {
    const code = `FLOAT-${order}`;
    const line = await plant.line(code, await plant.site(code), { ideal_cycle_seconds: 60 });
    const [started, completed] = batch('B-9  ', '06:00', '14:00') as [never, never];
    const tape = [started, count('B-9', '08:00', FLOAT), count('B-9\u0000', '09:00', FLOAT), completed];
    await line.report(shuffled(tape, SEED + order));
    await becomes(async () => {
      const { total_count, good_count } = (await line.oee(DAY)).terms;
      return [total_count, good_count];
    }, [24.6, 24.6]);
    const query = { line_id: line.ids.id, batch_number: ' B-9' };
    const { items } = await dataOf(plant.api.GET(`${BASE}/batches`, { params: { query } }));
    expect(items).toMatchObject([{ batch_number: 'B-9', status: 'completed' }]);
    const { id } = items[0] as { id: string };
    const counts = await dataOf(plant.api.GET(`${BASE}/batches/{id}/counts`, { params: { path: { id } } }));
    expect(counts.items.map(({ good, batch_number }) => [good, batch_number])).toEqual([
      [12.3, 'B-9'],
      [12.3, 'B-9'],
    ]);
    expect((await dataOf(plant.api.GET(`${BASE}/ingest/rejections`))).items).toEqual([]);
  });
});

test('W9: a code in NFD and in NFC is one product, one reason and one line event', async () => {
  await dataOf(addProduct(NFD));
  expect((await addProduct(NFC)).response.status).toBe(409);
  expect(await productsOf(NFD)).toEqual(await productsOf(NFC));
  expect(await productsOf(NFC)).toMatchObject([{ code: NFC }]);

  const reason = { name: NFD, category: 'utilities', is_excluded: false } as const;
  await dataOf(plant.api.PUT(`${BASE}/downtime-reasons`, { body: { items: [{ ...reason, code: `${NFD} /1.#` }] } }));
  const line = await plant.line('UMLAUT', await plant.site('UMLAUT'), { ideal_cycle_seconds: 60 });
  await line.report([stop('08:00', '08:20', 'mechanical', { reason_code: ` ${NFC} /1.#\r` })]);
  const stops = async (reason_code: string) => {
    const query = { line_id: line.ids.id, reason_code };
    const { items } = await dataOf(plant.api.GET(`${BASE}/downtimes`, { params: { query } }));
    return items.map((row) => row.reason_code);
  };
  await becomes(() => stops(`${NFD} /1.#`), [`${NFC} /1.#`]);

  const [event] = line.tape;
  const again = { ...(event as NonNullable<typeof event>), reason_code: `${NFD} /1.#` };
  await plant.publish('UMLAUT', [again]);
  await line.report([stop('10:00', '10:20', 'mechanical', { reason_code: NFD })]);
  await becomes(() => stops(NFC), [NFC]);
  expect(await stops(`${NFC} /1.#`)).toHaveLength(1);
  expect((await dataOf(plant.api.GET(`${BASE}/ingest/rejections`))).items).toEqual([]);
});

test('W9: product 9005.3010 is not 9005.301', async () => {
  for (const code of ['9005.3010', '9005.301']) await dataOf(addProduct(code));
  for (const code of ['9005.3010', '9005.301'])
    expect((await productsOf(code)).map((product) => product.code)).toEqual([code]);
});

test('a request that is repeated with its Idempotency-Key in another form is the same request', async () => {
  const headers = { 'idempotency-key': `normal-${SEED}` };
  const sent = (code: string, unit_cost: number) =>
    dataOf(plant.api.POST(`${BASE}/products`, { body: { code, name: ' P ', unit_cost }, headers }));
  const first = await sent(`${NFC} again`, 0.3);
  expect(await sent(`\t${NFD} again\u0007 `, 0.1 + 0.2)).toEqual(first);
});

test('any code of printable characters survives: as it is stored, the list finds it, and it alone', async () => {
  // Blanks may be inside of a code, and control characters are taken away: neither is at its ends here.
  const character = fc.oneof(
    fc.constantFrom('/', ' ', '"', '.', '#', '+', '%', '?', '&', '=', ',', ';', ':', '\\', "'", '*', '>', '-'),
    fc.string({ unit: 'grapheme', minLength: 1, maxLength: 1 }),
  );
  const codes = fc
    .array(character, { minLength: 1, maxLength: 30 })
    .map((characters) => `${SEED}${characters.join('')}.`)
    .filter((code) => Array.from(code).length <= 64);
  await fc.assert(
    fc.asyncProperty(codes, fc.double({ min: 0, max: 1e6, noNaN: true }), async (code, cost) => {
      if ((await productsOf(code)).length > 0) return;
      const made = await dataOf(addProduct(code, cost));
      expect(made.code).toBe(code.normalize('NFC'));
      expect(Math.abs(made.unit_cost - cost)).toBeLessThanOrEqual(5e-7 + cost * Number.EPSILON);
      expect(made.versions[0]?.unit_cost).toBe(made.unit_cost);
      expect((await productsOf(code)).map(({ id }) => id)).toEqual([made.id]);
      const params = { path: { id: made.id } };
      expect(await dataOf(plant.api.GET(`${BASE}/products/{id}`, { params }))).toEqual(made);
    }),
    { numRuns: 60, seed: SEED },
  );
});
