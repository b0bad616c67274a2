/** The plant's data directory: its lock, its files, and the children that an earlier launcher left behind. */
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
  /** Distinguishes the child from a process that got its pid later. */
  readonly startedAt: string;
}

export interface DataDir {
  readonly path: string;
  /** The parsed file, whose shape the caller must check; undefined when it does not exist. */
  readJson(name: string): Promise<unknown>;
  writeJson(name: string, value: unknown, mode?: number): Promise<void>;
  /**
   * Records a child, so that the next launcher ends it if this one is killed. Replaces an earlier child of that name.
   */
  recordChild(name: string, pid: number): Promise<void>;
  /** Ends the recorded children that still run, and returns them. */
  sweep(): Promise<readonly ChildRecord[]>;
  /** Unlocks the directory. */
  close(): Promise<void>;
}

/** Creates the directory if needed, and locks it for this process. Throws when another launcher has it. */
export async function openDataDir(path: string): Promise<DataDir> {
  // Other users may enter, because the database server runs as another user; they cannot list or read anything.
  await mkdir(path, { recursive: true, mode: 0o711 });
  const dir = await realpath(path);
  const lock = await takeLock(join(dir, LOCK));
  if (!lock.taken) {
    throw new Error(
      `PlantOps already runs on ${dir} (pid ${lock.holder.pid}). ` +
        'Stop that one first, or use another directory: PLANTOPS_DATA_DIR=<path>.',
    );
  }

  const readJson = (name: string): Promise<unknown> => readJsonFile(join(dir, name));
  const writeJson = (name: string, value: unknown, mode?: number): Promise<void> =>
    writeJsonFile(join(dir, name), value, mode);

  // Children start concurrently. Each write waits for the one before, or they would overwrite each other.
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

/** Ends the process of a record. Returns the record when the process was still alive. */
async function sweepChild(child: ChildRecord): Promise<ChildRecord | undefined> {
  if ((await processIdentity(child.pid)) !== child.startedAt) return undefined;
  if (await endProcess(child.pid, child.startedAt, SWEEP)) return child;
  throw new Error(`${child.name} (pid ${child.pid}), left behind by an earlier start, cannot be ended.`);
}

function childRecords(value: unknown): readonly ChildRecord[] {
  return Array.isArray(value) ? value.filter(isChildRecord) : [];
}

function isChildRecord(value: unknown): value is ChildRecord {
  if (typeof value !== 'object' || value === null) return false;
  const { name, pid, startedAt } = value as Partial<Record<keyof ChildRecord, unknown>>;
  return typeof name === 'string' && typeof pid === 'number' && typeof startedAt === 'string';
}
