import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { waitFor } from '@plantops/testing';
import { PlantUnderTest } from './plant-under-test.ts';
import { shuffled, SODA_ZONE, sodaDataIsHere, sodaProducts, sodaTape } from './soda-bottling.ts';

const WINDOW = 'from=2024-08-29T00:00:00-04:00&to=2024-09-01T00:00:00-04:00';
const DAYS = ['2024-08-29', '2024-08-30', '2024-08-31'];
const HOURLY_COST = 450;

type Reasons = { items: { reason_category: string; reason_code: string; minutes: number; count: number; cost_usd: number }[] };
type Categories = { items: { category: string; total: number }[] };
type Oee = { availability: number; terms: Record<string, number> };

let plant: PlantUnderTest;
let plantId: string;

beforeAll(async () => {
  if (!sodaDataIsHere) return;
  plant = await PlantUnderTest.create();
  await plant.start();
  plantId = (await plant.rest<{ id: string }>('POST', '/plants', { code: 'soda', name: 'Soda bottling', timezone: SODA_ZONE })).body.id;
  for (const code of sodaProducts()) await plant.rest('POST', '/products', { code, name: code, unit_cost: 1 });
}, 90_000);
afterAll(() => plant?.remove());

const get = async <T>(path: string): Promise<T> => (await plant.rest<T>('GET', path)).body;
const minutesBy = async (filter: string) => (await get<Reasons>(`/downtimes/by-reason?${filter}`)).items;
const sum = (rows: readonly { minutes: number }[]) => rows.reduce((total, { minutes }) => total + minutes, 0);

/** Publishes the tape, each event twice and shuffled, the line created only after half of it, while `disturb` does its worst. */
const play = async (code: string, seed: number, disturb: () => Promise<void>): Promise<string> => {
  const tape = sodaTape(code);
  const twice = shuffled([...tape, ...tape], seed);
  const half = Math.floor(twice.length / 2);
  expect(await plant.publishEvents(twice.slice(0, half))).toMatchObject({ code: 0 });
  const line = await plant.rest<{ id: string }>('POST', '/lines', {
    code,
    plant_id: plantId,
    name: code,
    hourly_cost: HOURLY_COST,
    ideal_cycle_seconds: 1,
  });
  const [published] = await Promise.all([plant.publishEvents(twice.slice(half)), disturb()]);
  expect(published).toMatchObject({ code: 0 });
  const scope = `line_id=${line.body.id}`;
  await waitFor(
    'every stop to be in the ledger',
    async () =>
      sum(await minutesBy(`${scope}&${WINDOW}`)) === 853 &&
      (await get<Oee>(`/lines/${line.body.id}/oee?${WINDOW}`)).terms['pbt_minutes'] === 2413 &&
      (await get<Categories>(`/money-leaks/by-category?${scope}&${WINDOW}`)).items.reduce(
        (total, { total: amount }) => total + amount,
        0,
      ) === 6397.5,
    30_000,
  );
  return scope;
};

const killed = (name: string) => async () => {
  process.kill(await plant.pidOf(name), 'SIGKILL');
};

(sodaDataIsHere ? describe : describe.skip)('26 real batches of a bottling line, each event twice and shuffled', () => {
  test.each([
    ['with nothing in the way', 'SODA-1', async () => {}],
    ['while money-leaks is killed', 'SODA-2', killed('money-leaks')],
    ['while downtimes is killed', 'SODA-3', killed('downtimes')],
    ['while nats-server is killed', 'SODA-4', killed('nats-server')],
    ['while PostgreSQL is killed', 'SODA-5', killed('postgres')],
  ] as [string, string, () => Promise<void>][])(
    'give exactly the totals of the data %s',
    async (_what, code, disturb) => {
      const scope = await play(code, code.charCodeAt(5), disturb);

      const reasons = await minutesBy(`${scope}&${WINDOW}`);
      expect(Object.fromEntries(reasons.map(({ reason_code, minutes }) => [reason_code, minutes]))).toEqual({
        'Machine failure': 181,
        'Inventory shortage': 163,
        'Batch change': 160,
        'Batch coding error': 84,
        'Machine adjustment': 77,
        Other: 60,
        'Product spill': 57,
        'Calibration error': 34,
        'Label switch': 20,
        'Conveyor belt jam': 17,
      });
      expect(reasons.find(({ reason_code }) => reason_code === 'Machine failure')?.cost_usd).toBe(1357.5);
      expect(reasons.reduce((count, row) => count + row.count, 0)).toBe(39);

      const { items: products } = await get<{ items: { id: string; code: string }[] }>('/products');
      const byProduct = await Promise.all(
        products.map(async ({ id, code: product }) => [product, sum(await minutesBy(`${scope}&${WINDOW}&product_id=${id}`))]),
      );
      expect(Object.fromEntries(byProduct)).toEqual({ 'CO-600': 494, 'LE-600': 169, 'DC-600': 115, 'OR-600': 75 });

      const byDay = await Promise.all(
        DAYS.map(async (day) => sum(await minutesBy(`${scope}&from=${day}T00:00:00-04:00&to=${day}T23:59:59.999-04:00`))),
      );
      expect(byDay).toEqual([244, 444, 165]);

      const oee = await get<Oee>(`/lines/${scope.slice('line_id='.length)}/oee?${WINDOW}`);
      expect(oee.availability).toBeCloseTo(1560 / 2413, 6);
      expect(oee.terms).toMatchObject({ pbt_minutes: 2413, apt_minutes: 1560, changeover_minutes: 160, unplanned_stop_minutes: 693 });

      const { items: categories } = await get<Categories>(`/money-leaks/by-category?${scope}&${WINDOW}`);
      expect(Object.fromEntries(categories.map(({ category, total }) => [category, total]))).toEqual({
        downtime_loss: 5197.5,
        changeover_loss: 1200,
      });

      const stops = await waitFor('every stop to find its batch', async () => {
        const { items } = await get<{ items: { description: string; duration_minutes: number; batch_id: string | null }[] }>(
          `/downtimes?${scope}&limit=100`,
        );
        return items.every(({ batch_id }) => batch_id !== null) && items;
      });
      const byOperator = Map.groupBy(stops, ({ description }) => description);
      expect(
        [...byOperator].map(([said, of]) => [said, of.reduce((total, { duration_minutes }) => total + duration_minutes, 0)]).sort(),
      ).toEqual([
        ['operator error: No', 421],
        ['operator error: Yes', 432],
      ]);
      expect((await get<{ total: number }>('/ingest/rejections')).total).toBe(0);
    },
    60_000,
  );
});
