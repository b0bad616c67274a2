/**
 * `ready.json`: the addresses of a running plant, its development tokens, its edge users, and the pids of its
 * processes.
 */
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { roles } from '@plantops/contracts';
import { checkJsonFile } from '@plantops/operations';
import { z } from 'zod';
import type { DataDir } from './data-dir.ts';

const readyFile = z.object({
  gateway_url: z.string(),
  nats_url: z.string(),
  tenants: z.record(
    z.string(),
    z.object({
      tokens: z.record(z.enum(roles), z.string()),
      edge: z.object({ user: z.string(), password: z.string() }),
    }),
  ),
  processes: z.record(z.string(), z.number()).readonly(),
  /** The address of the metrics of each service, when metrics are on. */
  metrics: z.record(z.string(), z.string()).optional(),
});
export type ReadyFile = z.infer<typeof readyFile>;

const READY = 'ready.json';
let lastWrite: Promise<void> = Promise.resolve();

export const writeReadyFile = (dataDir: DataDir, ready: ReadyFile): Promise<void> =>
  // A failed write must not make the next ones fail.
  (lastWrite = lastWrite.catch(() => undefined).then(() => dataDir.writeJson(READY, ready)));

/** Removes the file: without it, the plant counts as not ready. */
export async function removeReadyFile(dataDir: DataDir): Promise<void> {
  await lastWrite.catch(() => undefined);
  await rm(join(dataDir.path, READY), { force: true });
}

/** The content of the file; undefined while no plant runs that wrote it. */
export async function readReadyFile(dataDir: string): Promise<ReadyFile | undefined> {
  const checked = await checkJsonFile(join(dataDir, READY), readyFile);
  return checked !== undefined && 'value' in checked ? checked.value : undefined;
}
