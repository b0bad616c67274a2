/**
 * Cleans up after an earlier server on a cluster: a server that still runs because its launcher was killed, the pid
 * file of a server that was killed, and its backends, which may finish a long query before they notice.
 */
import { readFile, readdir, readlink, rm } from 'node:fs/promises';
import { join } from 'node:path';

import { commandLine, endProcess, processIdentity, sendSignal } from '../process/process-identity.ts';
import type { EndStep } from '../process/process-identity.ts';
import { holdsWithin } from '../process/holds-within.ts';

const PID_FILE = 'postmaster.pid';
/** Line 8 of the pid file, as pg_ctl reads it. */
const STATUS_LINE = 7;

/** Fast shutdown, immediate shutdown, kill. */
const END_SERVER: readonly EndStep[] = [
  ['SIGINT', 10_000],
  ['SIGQUIT', 3_000],
  ['SIGKILL', 5_000],
];
const BACKENDS_END_MS = 2_000;
const KILL_WAIT_MS = 5_000;

/** The content of the server's pid file. */
export interface PidFile {
  readonly pid: number;
  readonly ready: boolean;
}

export async function readPidFile(cluster: string): Promise<PidFile | undefined> {
  const text = await readFile(join(cluster, PID_FILE), 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  const lines = text.split('\n');
  return { pid: Number(lines[0]), ready: lines[STATUS_LINE]?.trim() === 'ready' };
}

/** Ends every process that uses the cluster. The caller must own it: see the lock in `data-dir.ts`. */
export async function clearLeftovers(cluster: string): Promise<void> {
  const file = await readPidFile(cluster);
  if (file !== undefined) await endServer(file.pid, cluster);
  await endBackends(cluster);
  // Another process, or a zombie, may have its pid now. The server would mistake either for a running server.
  await rm(join(cluster, PID_FILE), { force: true });
}

async function endServer(pid: number, cluster: string): Promise<void> {
  const identity = await processIdentity(pid);
  if (identity === undefined || !(await commandLine(pid))?.includes(cluster)) return;
  if (await endProcess(pid, identity, END_SERVER)) return;
  throw new Error(`The database server on ${cluster} (pid ${pid}) cannot be ended.`);
}

/**
 * Backends without their server only hold its memory, and the next server recovers their data from its log, so they can
 * be killed. On other systems than Linux the server's own check is enough: it refuses to start until they are gone.
 */
async function endBackends(cluster: string): Promise<void> {
  if (process.platform !== 'linux') return;
  const noneLeft = async (): Promise<boolean> => (await processesIn(cluster)).length === 0;
  if (await holdsWithin(noneLeft, { timeoutMs: BACKENDS_END_MS })) return;
  for (const pid of await processesIn(cluster)) sendSignal(pid, 'SIGKILL');
  if (await holdsWithin(noneLeft, { timeoutMs: KILL_WAIT_MS })) return;
  throw new Error(
    `Processes of an earlier database server still use ${cluster}: ${(await processesIn(cluster)).join(', ')}.`,
  );
}

/** PostgreSQL's processes have the cluster as their working directory. Hardly any other process has. */
async function processesIn(cluster: string): Promise<number[]> {
  const pids = (await readdir('/proc')).map(Number).filter(Number.isInteger);
  const candidates = await Promise.all(pids.map((pid) => serverProcessIn(pid, cluster)));
  return candidates.filter((pid) => pid !== undefined);
}

async function serverProcessIn(pid: number, cluster: string): Promise<number | undefined> {
  const directory = await readlink(`/proc/${pid}/cwd`).catch(() => undefined);
  if (directory !== cluster) return undefined;
  const name = await readFile(`/proc/${pid}/comm`, 'utf8').catch(() => '');
  return name.trim() === 'postgres' ? pid : undefined;
}
