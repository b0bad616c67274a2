/** The two tenants of the bench: the same plants, lines and sensors, and histories of different length. */
import type { PlantUnderTest } from '@plantops/testing/plant';
import type { Loader } from './loader/loader.ts';

/** `past`: lines with a history, which nobody writes to; `busy`: lines without one, with a sensor each. */
export type Tenant = {
  readonly name: string;
  readonly token: string;
  readonly rows: number;
  readonly plant: string;
  readonly product: string;
  readonly past: readonly string[];
  readonly busy: readonly string[];
  readonly sensors: readonly string[];
};

const AT_ONCE = 16;
const MOST_SECONDS = 300;
const EVERY_DAY = [1, 2, 3, 4, 5, 6, 7];
const shift = (name: string, start: string, end: string) => ({ name, start, end, weekdays: EVERY_DAY, breaks: [] });
const weekly = [shift('early', '06:00', '14:00'), shift('late', '14:00', '22:00'), shift('night', '22:00', '06:00')];

/** Adds plants, a product, lines and sensors over REST. */
export async function addTenant(
  plant: PlantUnderTest,
  loader: Loader,
  { name, rows, lines }: { name: string; rows: number; lines: number },
): Promise<Tenant> {
  const { gateway_url, tenants } = await plant.ready();
  const token = tenants[name]?.tokens.admin as string;
  const createAll = async (path: string, bodies: readonly object[]): Promise<readonly string[]> => {
    const requests = bodies.map((body) => ({ method: 'POST', path: `/api/v1/plant-ops${path}`, body }));
    const load = { token, url: gateway_url, connections: AT_ONCE, seconds: MOST_SECONDS };
    const { ids } = await loader.run({ kind: 'requests', ...load, requests });
    if (ids.length < bodies.length) throw new Error(`POST ${path}: only ${ids.length} of ${bodies.length} succeeded`);
    return ids;
  };
  const [past, busy] = (await createAll('/plants', [
    { code: 'PAST', name: 'Past', timezone: 'UTC' },
    { code: 'BUSY', name: 'Busy', timezone: 'UTC' },
  ])) as [string, string];
  await plant.rest('PUT', `/plants/${past}/shifts`, { weekly }, { tenant: name });
  const [product] = (await createAll('/products', [
    { code: 'P', name: 'Product', unit_cost: 2, salvage_value: 0 },
  ])) as [string];
  const linesOf = (plant_id: string, letter: string) =>
    createAll(
      '/lines',
      Array.from({ length: lines }, (_, line) => ({
        code: `${letter}${line}`,
        plant_id,
        name: `Line ${letter}${line}`,
        hourly_cost: 300,
        ideal_cycle_seconds: 30,
        // So short that every stop of the bench is posted as a stop.
        micro_stop_seconds: 1,
      })),
    );
  const [pastLines, busyLines] = [await linesOf(past, 'H'), await linesOf(busy, 'L')];
  const sensors = await createAll(
    '/sensors',
    busyLines.map((line_id) => ({ code: 'T', line_id, name: 'Temperature', unit: '°C', kind: 'temperature' })),
  );
  return { name, token, rows, plant: past, product, past: pastLines, busy: busyLines, sensors };
}
