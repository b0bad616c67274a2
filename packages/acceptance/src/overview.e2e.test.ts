/** Compares the demo plant's overview, read with the typed client, with the same figures from the raw rows. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { createPlantOps, type PlantOps } from '@plantops/client';
import { waitFor } from '@plantops/fixtures';
import { PlantTables, PlantUnderTest } from '@plantops/testing/plant';
import { rawFigures, type RawFigures } from './raw-figures.ts';

let plant: PlantUnderTest;
let tables: PlantTables;
let api: PlantOps;
beforeAll(async () => {
  plant = await PlantUnderTest.create({ PLANTOPS_DEMO: 'on' });
  await plant.start();
  const { gateway_url, tenants } = await plant.ready();
  api = createPlantOps({ baseUrl: gateway_url, token: tenants['akron']?.tokens.viewer as string });
  tables = await PlantTables.open(plant.dataDir);
}, 90_000);
afterAll(async () => {
  await tables.close();
  await plant.remove();
});

async function overview() {
  const { data, error } = await api.GET('/api/v1/plant-ops/overview');
  if (data === undefined) throw new Error(JSON.stringify(error));
  return data;
}
/** Rounds like the overview: money to the cent, minutes and percentages to two decimals. */
const rounded = ({ kpis, by_category, recent_scrap_events }: RawFigures) => ({
  kpis: Object.fromEntries(Object.entries(kpis).map(([name, value]) => [name, Number(value.toFixed(2))])),
  by_category: Object.fromEntries(
    Object.entries(by_category).map(([category, value]) => [category, Number(value.toFixed(2))]),
  ),
  recent_scrap_events,
});
/** A sum of rows that are each rounded to a hundredth of a cent may differ from one exact sum by a cent. */
const near = (one: number | null | undefined, other: number | undefined) =>
  Math.abs((one ?? NaN) - (other ?? NaN)) < 0.011;

test('the overview of the demo plant equals the raw rows to the cent and the second', async () => {
  await waitFor(
    'the demo to have a past',
    async () => ((await overview()).money_leaks.by_category ?? []).length >= 5,
    60_000,
  );
  // The demo stops, so that both sides see the same rows. Time goes on.
  process.kill(await plant.pidOf('simulator'), 'SIGSTOP');
  let compared: { shown: Awaited<ReturnType<typeof overview>>; raw: ReturnType<typeof rounded> } | undefined;
  const agree = async () => {
    const shown = await overview();
    const raw = rounded(await rawFigures(tables, 'akron', shown.generated_at));
    compared = { shown, raw };
    const categories = new Map(
      (shown.money_leaks.by_category ?? []).map(({ category, total }) => [category as string, total]),
    );
    return (
      Object.entries(raw.kpis).every(([name, value]) => near(shown.kpis[name as keyof typeof shown.kpis], value)) &&
      Object.entries(raw.by_category).every(([category, value]) => near(categories.get(category) ?? 0, value)) &&
      shown.recent_scrap_events === raw.recent_scrap_events
    );
  };
  // Events that were published before the demo stopped may not be applied yet.
  await agree();
  // Silences in the demo's past are derived a little after its events: until then, stops still come.
  const isQuiet = async () => (await tables.query('downtimes', 'select from silence_look')).length === 0;
  await waitFor('the silences of the past', isQuiet, 20_000);
  await waitFor('the last events to arrive', agree, 20_000).catch(() => undefined);
  const { shown, raw } = compared as NonNullable<typeof compared>;
  expect({ ...shown.kpis }).toEqual(
    Object.fromEntries(Object.entries(raw.kpis).map(([name, value]) => [name, expect.closeTo(value, 1)])),
  );
  expect(await agree()).toBe(true);
  expect(shown.degraded).toEqual([]);
  expect(shown.active_trials).toBe(0);
  const totals = (shown.money_leaks.by_category ?? []).map(({ total }) => total);
  expect(shown.money_leaks.total_amount_usd).toBeCloseTo(
    totals.reduce((sum, total) => sum + total, 0),
    1,
  );
  expect((shown.money_leaks.by_category ?? []).reduce((sum, { percentage }) => sum + (percentage ?? 0), 0)).toBe(100);
  process.kill(await plant.pidOf('simulator'), 'SIGCONT');
}, 120_000);
