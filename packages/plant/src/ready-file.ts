/**
 * `ready.json`: the addresses of a running plant, its development tokens, its edge users, and the pids of its
 * processes.
 */
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Role } from '@plantops/contracts';
import type { DataDir } from './data-dir.ts';

export type ReadyFile = {
  readonly gateway_url: string;
  readonly nats_url: string;
  readonly tenants: Readonly<
    Record<
      string,
      {
        readonly tokens: Readonly<Record<Role, string>>;
        readonly edge: { readonly user: string; readonly password: string };
      }
    >
  >;
  readonly processes: Readonly<Record<string, number>>;
  /** The address of the metrics of each service, when metrics are on. */
  readonly metrics?: Readonly<Record<string, string>>;
};

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

export async function readReadyFile(dataDir: string): Promise<ReadyFile | undefined> {
  try {
    return JSON.parse(await readFile(join(dataDir, READY), 'utf8')) as ReadyFile;
  } catch {
    return undefined;
  }
}
