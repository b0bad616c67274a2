/** What the floods have in common: a plant of their own with tenants on it, what of it is watched, and the bounds that hold. */
import { serviceNames } from '@plantops/contracts';
import { MEMORY_BOUND_MB, PlantUnderTest, watchMemory } from '@plantops/testing/plant';

/** The tenant that is not to notice sends one thing after the other at this pace, and none of them may take longer, but one of a hundred. */
export const QUIET = { everyMs: 200, p99BoundMs: 2_000 };

const START = Date.parse('2026-03-02T00:00:00Z');
/** An instant so many milliseconds after the beginning of what is reported. */
export const iso = (ms: number): string => new Date(START + ms).toISOString();
export const say = (text: string): void => void process.stdout.write(`${text}\n`);

/** Runs the flood on a plant of its own and ends this process: with 0 when it says that every bound held. */
export const floodPlant = async (flood: (plant: PlantUnderTest) => Promise<boolean>): Promise<never> => {
  const plant = await PlantUnderTest.create();
  // The plant does not hear what is typed here.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void plant.remove().finally(() => process.exit(1)));
  let isHeld = false;
  try {
    await plant.start();
    isHeld = await flood(plant);
  } finally {
    await plant.remove();
  }
  process.exit(isHeld ? 0 : 1);
};

const create = async (plant: PlantUnderTest, tenant: string, path: string, body: object): Promise<string> =>
  (await plant.rest<{ id: string }>('POST', path, body, { tenant })).body.id;

/** A plant of the tenant with these lines; their ids, in the same order. */
export const addLines = async (plant: PlantUnderTest, tenant: string, codes: readonly string[]): Promise<string[]> => {
  const plant_id = await create(plant, tenant, '/plants', { code: 'p', name: 'P', timezone: 'UTC' });
  const ids: string[] = [];
  for (const code of codes)
    ids.push(await create(plant, tenant, '/lines', { code, plant_id, name: code, hourly_cost: 60, ideal_cycle_seconds: 1 }));
  return ids;
};

/** Watches what memory each service takes until it is asked: then it prints the most of each, and says whether that was bounded. */
export const watchServices = (plant: PlantUnderTest): (() => boolean) => {
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
};
