/**
 * Clears away what an earlier server left on a cluster: one whose launcher was killed and that still runs, the pid file
 * of one that was killed, and its backends, which may finish a long query before they notice.
 */
import { readFile, readdir, readlink, rm } from 'node:fs/promises';
import { join } from 'node:path';

import { commandLine, endProcess, processIdentity, sendSignal } from '../process/process-identity.ts';
import type { EndStep } from '../process/process-identity.ts';
import { holdsWithin } from '../process/holds-within.ts';

const PID_FILE = 'postmaster.pid';
/** Line 8 of the pid file, as pg_ctl reads it. */
const STATUS_LINE = 7;

/** Fast shutdown, immediate shutdown, and no further question. */
const END_SERVER: readonly EndStep[] = [
  ['SIGINT', 10_000],
  ['SIGQUIT', 3_000],
  ['SIGKILL', 5_000],
];
const BACKENDS_END_MS = 2_000;
const KILL_WAIT_MS = 5_000;

/** What the server itself has written in its pid file. */
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

/** Afterwards nothing runs on the cluster. The caller owns it: see the lock in `data-dir.ts`. */
export async function clearLeftovers(cluster: string): Promise<void> {
  const file = await readPidFile(cluster);
  if (file !== undefined) await endServer(file.pid, cluster);
  await endBackends(cluster);
  // Its pid may be another process by now, or a zombie that nobody reaps; the server would take either for its like.
  await rm(join(cluster, PID_FILE), { force: true });
}

async function endServer(pid: number, cluster: string): Promise<void> {
  const identity = await processIdentity(pid);
  if (identity === undefined || !(await commandLine(pid))?.includes(cluster)) return;
  if (await endProcess(pid, identity, END_SERVER)) return;
  throw new Error(`The database server that runs on ${cluster} (pid ${pid}) does not end.`);
}

/**
 * Without their server they only hold its memory; the next one recovers from the log what they had not written.
 * Elsewhere than on Linux the server's own check guards the cluster: it refuses to start until they are gone.
 */
async function endBackends(cluster: string): Promise<void> {
  if (process.platform !== 'linux') return;
  const noneLeft = async (): Promise<boolean> => (await processesIn(cluster)).length === 0;
  if (await holdsWithin(noneLeft, { timeoutMs: BACKENDS_END_MS })) return;
  for (const pid of await processesIn(cluster)) sendSignal(pid, 'SIGKILL');
  if (await holdsWithin(noneLeft, { timeoutMs: KILL_WAIT_MS })) return;
  throw new Error(`Processes of an earlier database server still use ${cluster}: ${(await processesIn(cluster)).join(', ')}.`);
}

/** PostgreSQL's processes work in the cluster's directory, and hardly anything else does. */
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
