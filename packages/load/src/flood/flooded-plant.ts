/** The common parts of the floods: their own plant with two tenants, what is measured, and the limits. */
import { serviceNames } from '@plantops/contracts';
import { MEMORY_BOUND_MB, PlantUnderTest, watchMemory } from '@plantops/testing/plant';

/** The quiet tenant sends at this interval. 99 of 100 must be handled within the limit. */
export const QUIET = { everyMs: 200, p99BoundMs: 2_000 };

const START = Date.parse('2026-03-02T00:00:00Z');
/** The instant this many milliseconds after the first reported one. */
export const iso = (ms: number): string => new Date(START + ms).toISOString();
export const say = (text: string): void => void process.stdout.write(`${text}\n`);

/** Runs the flood on a new plant and ends this process, with code 0 when the flood returns that every limit held. */
export async function floodPlant(flood: (plant: PlantUnderTest) => Promise<boolean>): Promise<never> {
  const plant = await PlantUnderTest.create();
  // The plant has its own process group, so Ctrl-C does not reach it.
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => void plant.remove().finally(() => process.exit(1)));
  let isHeld = false;
  try {
    await plant.start();
    isHeld = await flood(plant);
  } finally {
    await plant.remove();
  }
  process.exit(isHeld ? 0 : 1);
}

const create = async (plant: PlantUnderTest, tenant: string, path: string, body: object): Promise<string> =>
  (await plant.rest<{ id: string }>('POST', path, body, { tenant })).body.id;

/** Creates a plant of the tenant with these lines. Returns the ids of the lines, in the same order. */
export async function addLines(plant: PlantUnderTest, tenant: string, codes: readonly string[]): Promise<string[]> {
  const plant_id = await create(plant, tenant, '/plants', { code: 'p', name: 'P', timezone: 'UTC' });
  const ids: string[] = [];
  for (const code of codes)
    ids.push(
      await create(plant, tenant, '/lines', { code, plant_id, name: code, hourly_cost: 60, ideal_cycle_seconds: 1 }),
    );
  return ids;
}

/**
 * Watches the memory of each service. Returns a function that prints the most of each and returns whether all were
 * within the limit.
 */
export function watchServices(plant: PlantUnderTest): () => boolean {
  const pids = async () => {
    const { processes } = await plant.ready();
    return new Map(serviceNames.map((name) => [name, processes[name] as number]));
  };
  const mostOfEach = watchMemory(pids);
  return () => {
    const most = mostOfEach();
    for (const [name, mb] of most) say(`${name.padEnd(12)} ${mb.toFixed(0)} MB at most`);
    return [...most.values()].every((mb) => mb <= MEMORY_BOUND_MB);
  };
}
