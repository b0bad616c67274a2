/** The plant's data directory: its lock, its files, and the children that an earlier launcher left behind. */
import { mkdir, realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { readRebuildable, writeJsonFile, type Remark } from '@plantops/operations';
import { z } from 'zod';

import { takeLock, type LockOutcome } from './lock-file.ts';
import { endProcess, type EndStep, errorCode, processIdentity } from '@plantops/servers';

const LOCK = 'launcher.lock';
const CHILDREN = 'children.json';

/** PostgreSQL waits for its clients after SIGTERM and no longer after SIGINT. */
const SWEEP: readonly EndStep[] = [
  ['SIGTERM', 1_500],
  ['SIGINT', 1_500],
  ['SIGKILL', 5_000],
];

const childRecord = z.object({
  name: z.string(),
  pid: z.number().int().min(1),
  /** Distinguishes the child from a process that got its pid later. */
  startedAt: z.string(),
});
export type ChildRecord = Readonly<z.infer<typeof childRecord>>;

export interface DataDir {
  readonly path: string;
  /** A file that can be made again; undefined when it does not exist, or, with a remark, when it cannot be used. */
  readJson<S extends z.ZodType>(name: string, schema: S): Promise<z.output<S> | undefined>;
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

/**
 * Creates the directory if needed, and locks it for this process. Throws when another launcher has it. `remark` takes a
 * line for each file that is made again.
 */
export async function openDataDir(path: string, remark: Remark): Promise<DataDir> {
  const { dir, lock } = await locked(path, remark).catch((error: unknown) => {
    const why = UNUSABLE[errorCode(error) ?? ''];
    if (why === undefined) throw error;
    throw new Error(`PLANTOPS_DATA_DIR: ${path} ${why}: name a directory that this user may write`, { cause: error });
  });
  if (!lock.taken) {
    throw new Error(
      `PlantOps already runs on ${dir} (pid ${lock.holder.pid}). ` +
        'Stop that one first, or use another directory: PLANTOPS_DATA_DIR=<path>.',
    );
  }

  const readJson = <S extends z.ZodType>(name: string, schema: S): Promise<z.output<S> | undefined> =>
    readRebuildable(join(dir, name), schema, remark);
  const recorded = async (): Promise<readonly ChildRecord[]> => (await readJson(CHILDREN, z.array(childRecord))) ?? [];
  const write = (name: string, value: unknown, mode?: number): Promise<void> =>
    writeJsonFile(join(dir, name), value, mode);

  // Children start concurrently. Each write waits for the one before, or an older content could replace a newer one.
  let lastWrite: Promise<void> = Promise.resolve();
  const inTurn = (work: () => Promise<void>): Promise<void> => {
    const written = lastWrite.then(work);
    lastWrite = written.catch(() => undefined);
    return written;
  };

  return {
    path: dir,
    readJson,
    writeJson: (name, value, mode) => inTurn(() => write(name, value, mode)),
    recordChild: (name, pid) =>
      inTurn(async () => {
        const startedAt = await processIdentity(pid);
        const others = (await recorded()).filter((child) => child.name !== name);
        const children = startedAt === undefined ? others : [...others, { name, pid, startedAt }];
        await write(CHILDREN, children);
      }),
    sweep: async () => {
      const swept = await Promise.all((await recorded()).map(sweepChild));
      await inTurn(() => write(CHILDREN, []));
      return swept.filter((child) => child !== undefined);
    },
    close: async () => {
      await lastWrite;
      await lock.release();
    },
  };
}

async function locked(path: string, remark: Remark): Promise<{ dir: string; lock: LockOutcome }> {
  // Other users may enter, because the database server runs as another user; they cannot list or read anything.
  await mkdir(path, { recursive: true, mode: 0o711 });
  const dir = await realpath(path);
  return { dir, lock: await takeLock(join(dir, LOCK), remark) };
}

/** Why a path is no data directory, by the system's code of the error. */
const UNUSABLE: Readonly<Record<string, string>> = {
  EEXIST: 'is a file',
  ENOTDIR: 'is below a file',
  ENOENT: 'cannot be created',
  EACCES: 'may not be written',
  EPERM: 'may not be written',
  EROFS: 'is on a disk that can only be read',
  ENOSPC: 'is on a full disk',
  ENAMETOOLONG: 'is too long',
  ELOOP: 'leads in a circle of links',
};

/** Ends the process of a record. Returns the record when the process was still alive. */
async function sweepChild(child: ChildRecord): Promise<ChildRecord | undefined> {
  if ((await processIdentity(child.pid)) !== child.startedAt) return undefined;
  if (await endProcess(child.pid, child.startedAt, SWEEP)) return child;
  throw new Error(`${child.name} (pid ${child.pid}), left behind by an earlier start, cannot be ended.`);
}
