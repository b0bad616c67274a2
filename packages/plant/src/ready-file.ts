/** `ready.json`: where a running plant is, its development tokens and edge users, and the pids of its processes. */
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Role } from '@plantops/contracts';
import type { DataDir } from './data-dir.ts';

export type ReadyFile = {
  readonly gateway_url: string;
  readonly nats_url: string;
  readonly tenants: Readonly<
    Record<string, { readonly tokens: Readonly<Record<Role, string>>; readonly edge: { readonly user: string; readonly password: string } }>
  >;
  readonly processes: Readonly<Record<string, number>>;
  /** Where each service serves its metrics, if it does. */
  readonly metrics?: Readonly<Record<string, string>>;
};

const READY = 'ready.json';
let lastWrite: Promise<void> = Promise.resolve();

export const writeReadyFile = (dataDir: DataDir, ready: ReadyFile): Promise<void> =>
  // One that failed is not to fail those that follow.
  (lastWrite = lastWrite.catch(() => undefined).then(() => dataDir.writeJson(READY, ready)));

/** While there is no such file, nothing is ready. */
export const removeReadyFile = async (dataDir: DataDir): Promise<void> => {
  await lastWrite.catch(() => undefined);
  await rm(join(dataDir.path, READY), { force: true });
};

export const readReadyFile = async (dataDir: string): Promise<ReadyFile | undefined> => {
  try {
    return JSON.parse(await readFile(join(dataDir, READY), 'utf8')) as ReadyFile;
  } catch {
    return undefined;
  }
};
