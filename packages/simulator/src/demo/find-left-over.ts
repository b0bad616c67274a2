import { z } from 'zod';
import type { LeftOver } from './left-over.rules.ts';
import type { PlantOpsApi } from './plantops-api.ts';

const batch = z.object({ id: z.string(), batch_number: z.string(), started_at: z.string().nullable() });
const count = z.object({ at: z.string() });
const stop = z.object({ start_time: z.string() });

/**
 * Asks PlantOps for batches and stops that an earlier run left open on a line; undefined when no batch ever ran there.
 */
export async function findLeftOver(api: PlantOpsApi, line_id: string): Promise<LeftOver | undefined> {
  const any = await api.page('batches', { line_id, limit: '1' }, batch);
  if (any.items.length === 0) return undefined;
  const running = await api.page('batches', { line_id, status: 'running', limit: '50' }, batch);
  const batches = [];
  for (const { id, batch_number, started_at } of running.items) {
    const [last] = (await api.page(`batches/${id}/counts`, { limit: '1', sort: '-at' }, count)).items;
    batches.push({ batch_number, started_at, last_count_at: last?.at ?? null });
  }
  const { items } = await api.page('downtimes', { line_id, status: 'open', limit: '50' }, stop);
  return { batches, open_stops: items };
}
