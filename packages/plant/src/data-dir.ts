/** The plant's data directory: who uses it, what is kept in it, and which children an earlier launcher left behind. */
import { mkdir, realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { readJsonFile, writeJsonFile } from '@plantops/operations';

import { takeLock } from './lock-file.ts';
import { endProcess, type EndStep, processIdentity } from '@plantops/servers';

const LOCK = 'launcher.lock';
const CHILDREN = 'children.json';

/** PostgreSQL waits for its clients after SIGTERM and no longer after SIGINT. */
const SWEEP: readonly EndStep[] = [
  ['SIGTERM', 1_500],
  ['SIGINT', 1_500],
  ['SIGKILL', 5_000],
];

export interface ChildRecord {
  readonly name: string;
  readonly pid: number;
  /** Tells the child from a process that got its pid later. */
  readonly startedAt: string;
}

export interface DataDir {
  readonly path: string;
  /** The parsed file, for the caller to check; undefined when there is none. */
  readJson(name: string): Promise<unknown>;
  writeJson(name: string, value: unknown, mode?: number): Promise<void>;
  /** Notes a child, for the next launcher to end should this one be killed. Replaces an earlier one of that name. */
  recordChild(name: string, pid: number): Promise<void>;
  /** Ends what is left of the recorded children and returns those that were still alive. */
  sweep(): Promise<readonly ChildRecord[]>;
  /** Lets the next launcher in. */
  close(): Promise<void>;
}

/** Creates the directory when there is none and takes it for this process alone. */
export async function openDataDir(path: string): Promise<DataDir> {
  // Others may pass through, for the database server runs under a user of its own; they can list and read nothing.
  await mkdir(path, { recursive: true, mode: 0o711 });
  const dir = await realpath(path);
  const lock = await takeLock(join(dir, LOCK));
  if (!lock.taken) {
    throw new Error(
      `PlantOps already runs on ${dir} (pid ${lock.holder.pid}). ` +
        'Stop that one first, or give this one a directory of its own: PLANTOPS_DATA_DIR=<path>.',
    );
  }

  const readJson = (name: string): Promise<unknown> => readJsonFile(join(dir, name));
  const writeJson = (name: string, value: unknown, mode?: number): Promise<void> => writeJsonFile(join(dir, name), value, mode);

  // Children start side by side; each record waits for the one before, or they would overwrite one another.
  let lastWrite: Promise<void> = Promise.resolve();
  const inTurn = (write: () => Promise<void>): Promise<void> => {
    const written = lastWrite.then(write);
    lastWrite = written.catch(() => undefined);
    return written;
  };

  return {
    path: dir,
    readJson,
    writeJson,
    recordChild: (name, pid) =>
      inTurn(async () => {
        const startedAt = await processIdentity(pid);
        const others = childRecords(await readJson(CHILDREN)).filter((child) => child.name !== name);
        const children = startedAt === undefined ? others : [...others, { name, pid, startedAt }];
        await writeJson(CHILDREN, children);
      }),
    sweep: async () => {
      const swept = await Promise.all(childRecords(await readJson(CHILDREN)).map(sweepChild));
      await inTurn(() => writeJson(CHILDREN, []));
      return swept.filter((child) => child !== undefined);
    },
    close: async () => {
      await lastWrite;
      await lock.release();
    },
  };
}

/** The record when its process was still alive, and now is not. */
async function sweepChild(child: ChildRecord): Promise<ChildRecord | undefined> {
  if ((await processIdentity(child.pid)) !== child.startedAt) return undefined;
  if (await endProcess(child.pid, child.startedAt, SWEEP)) return child;
  throw new Error(`${child.name} (pid ${child.pid}), left behind by an earlier start, does not end.`);
}

function childRecords(value: unknown): readonly ChildRecord[] {
  return Array.isArray(value) ? value.filter(isChildRecord) : [];
}

function isChildRecord(value: unknown): value is ChildRecord {
  if (typeof value !== 'object' || value === null) return false;
  const { name, pid, startedAt } = value as Partial<Record<keyof ChildRecord, unknown>>;
  return typeof name === 'string' && typeof pid === 'number' && typeof startedAt === 'string';
}
