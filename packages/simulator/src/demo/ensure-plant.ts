/** Creates the demo plant in PlantOps. Rows that exist already do not change. */
import { z } from 'zod';
import { lines, plant, products } from './demo-plant.ts';
import type { Line } from './line.rules.ts';
import type { PlantOpsApi } from './plantops-api.ts';

/** A line of the demo with its id in PlantOps. */
export type KnownLine = Line & { readonly id: string };

const coded = z.object({ id: z.string(), code: z.string() });
const lineRow = coded.extend({ ideal_cycle_seconds: z.number().positive() });

/** A line of the demo sends something in each of its cycles; its longest pauses are stops, which it reports. */
const SILENCE_SECONDS = 900;
const LEAST_SILENCE_SECONDS = 60;

/**
 * Creates the missing rows and returns the lines. At a faster pace stops are shorter, and so is the micro-stop
 * threshold.
 */
export async function ensurePlant(api: PlantOpsApi, pace: number): Promise<KnownLine[]> {
  const { id: plant_id } = await ensure(api, 'plants', plant, coded);
  for (const product of products) await ensure(api, 'products', product, coded);
  const known: KnownLine[] = [];
  for (const { makes, ...line } of lines) {
    const silence_seconds = Math.max(Math.round(SILENCE_SECONDS / pace), LEAST_SILENCE_SECONDS);
    const micro_stop_seconds = Math.max(Math.round(line.micro_stop_seconds / pace), 1);
    // The ideal cycle time of an existing line may have been changed.
    const { id, code, ideal_cycle_seconds } = await ensure(
      api,
      'lines',
      { ...line, plant_id, micro_stop_seconds, silence_seconds },
      lineRow,
    );
    known.push({ id, code, ideal_cycle_seconds, products: makes, pace });
  }
  return known;
}

/** Returns the row with this code, and creates it if needed. Another process may create it at the same time. */
async function ensure<T extends { code: string }>(
  api: PlantOpsApi,
  resource: string,
  wanted: { code: string } & Record<string, unknown>,
  row: z.ZodType<T>,
): Promise<T> {
  const find = () => api.find(resource, row, ({ code }) => code === wanted.code);
  const there = await find();
  if (there !== undefined) return there;
  await api.create(resource, wanted);
  const created = await find();
  if (created === undefined)
    throw new Error(`there is no ${wanted.code} under ${resource}, although it was just created`);
  return created;
}
