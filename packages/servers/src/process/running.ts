/**
 * A child process of the plant. It runs in its own process group, so that Ctrl-C in the terminal reaches only the
 * launcher, which stops the children in its order. Its output goes to a log file, and it is stopped within a deadline.
 */
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';

import { errorCode, messageOf } from './error-code.ts';
import { logTail, openLog } from './log-file.ts';
import { settlesWithin, holdsWithin } from './holds-within.ts';

const DEFAULT_STOP_MS = 10_000;
/** How long the kernel may take to end a process that got SIGKILL. */
const KILL_WAIT_MS = 5_000;
/** The time for each signal between the first one and SIGKILL. */
const ESCALATION_MS = 2_000;

/** A running child, as the supervisor needs it. */
export interface Running {
  readonly pid: number;
  /** The exit code, or null when a signal ended it. Never rejects. */
  readonly exited: Promise<number | null>;
  /** Asks the child to end, and kills it when it has not ended within the deadline. Resolves when it is gone. */
  readonly stop: (deadlineMs?: number) => Promise<void>;
}

/** Options of every start. */
export interface StartControl {
  /** Aborting it ends the child and rejects the start. */
  readonly signal?: AbortSignal | undefined;
  /** Called when the pid is known, before the child is ready: a later start that cleans up must know the pid. */
  readonly onSpawn?: ((pid: number) => void | Promise<void>) | undefined;
}

export interface SpawnSpec extends StartControl {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd: string;
  /** The child's whole environment: nothing is inherited. */
  readonly env: NodeJS.ProcessEnv;
  readonly logFile: string;
  /** Opens an IPC channel to the child. It closes when the launcher dies. */
  readonly ipc?: boolean;
  readonly user?: { readonly uid: number; readonly gid: number } | undefined;
  /** The signals in their order. SIGKILL follows the last one. */
  readonly stopSignals: readonly [NodeJS.Signals, ...NodeJS.Signals[]];
}

export interface Spawned extends Running {
  readonly child: ChildProcess;
  hasExited(): boolean;
  /** The end of this child's log. */
  output(maxBytes?: number): Promise<string>;
}

/** Starts a child. Resolves when it has a pid; it may not be ready yet. */
export async function spawnRunning(spec: SpawnSpec): Promise<Spawned> {
  spec.signal?.throwIfAborted();
  const log = await openLog(spec.logFile);
  let child: ChildProcess;
  try {
    child = spawn(spec.command, spec.args, {
      cwd: spec.cwd,
      env: spec.env,
      detached: true,
      stdio: spec.ipc === true ? ['ignore', log.fd, log.fd, 'ipc'] : ['ignore', log.fd, log.fd],
      ...spec.user,
    });
    await spawned(child);
  } catch (error) {
    throw new Error(`${spec.name} could not be started (${spec.command}): ${messageOf(error)}`, {
      cause: error,
    });
  } finally {
    await log.close();
  }
  const running = control(child, spec, log.offset);
  try {
    await spec.onSpawn?.(running.pid);
  } catch (error) {
    await running.stop(ESCALATION_MS);
    throw error;
  }
  return running;
}

/** Waits until a child is ready. When it ends before, or is too slow, it is stopped and the error shows its log. */
export async function untilReady(
  running: Spawned,
  spec: SpawnSpec,
  ready: () => boolean | Promise<boolean>,
  timeoutMs: number,
): Promise<void> {
  let isReady = false;
  const settled = async (): Promise<boolean> => {
    if (running.hasExited()) return true;
    isReady = await ready();
    return isReady;
  };
  try {
    await holdsWithin(settled, { timeoutMs, signal: spec.signal });
  } catch (error) {
    await running.stop(ESCALATION_MS);
    throw error;
  }
  if (isReady) return;
  const ended = running.hasExited();
  if (!ended) await running.stop(ESCALATION_MS);
  const how = ended
    ? `ended with code ${await running.exited} before it was ready`
    : `was not ready in ${timeoutMs} ms`;
  const output = await running.output();
  throw new Error(
    `${spec.name} ${how}. ${output === '' ? `Its log is empty: ${spec.logFile}` : `Its log ends:\n${output}`}`,
  );
}

function spawned(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    child.once('spawn', resolve);
    child.once('error', reject);
  });
}

function control(child: ChildProcess, spec: SpawnSpec, logOffset: number): Spawned {
  const { pid } = child;
  if (pid === undefined) throw new Error(`${spec.name} has no pid.`);
  const hasExited = (): boolean => child.exitCode !== null || child.signalCode !== null;
  const exited = new Promise<number | null>((resolve) => {
    if (hasExited()) resolve(child.exitCode);
    else child.once('exit', (code) => resolve(code));
  });
  // A failed signal or a broken channel must not end the launcher. `exited` reports the end.
  child.on('error', () => undefined);

  const stop = async (deadlineMs = DEFAULT_STOP_MS): Promise<void> => {
    for (const [index, signal] of spec.stopSignals.entries()) {
      if (hasExited()) return;
      child.kill(signal);
      if (await settlesWithin(exited, index === 0 ? deadlineMs : ESCALATION_MS)) return;
    }
    killGroup(pid);
    if (await settlesWithin(exited, KILL_WAIT_MS)) return;
    throw new Error(`${spec.name} (pid ${pid}) did not end, not even by SIGKILL.`);
  };
  return { pid, child, exited, hasExited, stop, output: (maxBytes) => logTail(spec.logFile, logOffset, maxBytes) };
}

/** The child leads its group, so its own children end with it. */
function killGroup(pid: number): void {
  try {
    process.kill(-pid, 'SIGKILL');
  } catch (error) {
    if (errorCode(error) !== 'ESRCH') throw error;
  }
}
