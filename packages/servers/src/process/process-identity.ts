/**
 * Distinguishes a process from a later one with the same pid. Check the identity before you signal a process that this
 * run did not start.
 */
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';

import { errorCode } from './error-code.ts';
import { holdsWithin } from './holds-within.ts';

const run = promisify(execFile);
const onLinux = process.platform === 'linux';

/**
 * The start time of a process, in the system's own format; undefined when there is no such process. A zombie counts as
 * gone: it holds no resources, and where orphans are not reaped it would look alive for ever.
 */
export async function processIdentity(pid: number): Promise<string | undefined> {
  if (!Number.isSafeInteger(pid) || pid <= 0) return undefined;
  return onLinux ? await identityFromProc(pid) : await identityFromPs(pid);
}

/** The command line of a process, its arguments separated by spaces; undefined when there is no such process. */
export async function commandLine(pid: number): Promise<string | undefined> {
  if (onLinux) {
    const raw = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => undefined);
    return raw?.replaceAll('\0', ' ').trim();
  }
  return await ps(pid, 'command=');
}

/** A step to end a process: send this signal, then wait at most this long. */
export type EndStep = readonly [signal: NodeJS.Signals, waitMs: number];

/**
 * Sends the signals one after the other until the process is gone or its pid is another process. Returns whether it is
 * gone.
 */
export async function endProcess(pid: number, identity: string, steps: readonly EndStep[]): Promise<boolean> {
  const gone = async (): Promise<boolean> => (await processIdentity(pid)) !== identity;
  for (const [signal, waitMs] of steps) {
    if (await gone()) return true;
    sendSignal(pid, signal);
    if (await holdsWithin(gone, { timeoutMs: waitMs })) return true;
  }
  return false;
}

/** Sends a signal. Ignores that the process ended meanwhile. */
export function sendSignal(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if (errorCode(error) !== 'ESRCH') throw error;
  }
}

async function identityFromProc(pid: number): Promise<string | undefined> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined);
  if (stat === undefined) return undefined;
  // The name in field 2 may contain spaces and parentheses. Field 3, the state, follows the last parenthesis.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const state = fields[0];
  const startTicks = fields[19];
  if (state === 'Z' || state === 'X' || startTicks === undefined) return undefined;
  // Ticks count from the boot, so the identity needs the id of the boot too.
  const boot = await readFile('/proc/sys/kernel/random/boot_id', 'utf8').catch(() => '');
  return `${boot.trim()}:${startTicks}`;
}

async function identityFromPs(pid: number): Promise<string | undefined> {
  const line = await ps(pid, 'stat=,lstart=');
  if (line === undefined || line === '' || line.startsWith('Z')) return undefined;
  return line.slice(line.indexOf(' ')).trim();
}

async function ps(pid: number, format: string): Promise<string | undefined> {
  const options = { timeout: 5_000, env: { ...process.env, LC_ALL: 'C', TZ: 'UTC' } };
  return await run('ps', ['-o', format, '-p', String(pid)], options).then(
    ({ stdout }) => stdout.trim(),
    () => undefined,
  );
}
