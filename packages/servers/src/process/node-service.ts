/** Starts one of the plant's services as a separate Node process. */
import { spawnRunning, untilReady } from './running.ts';
import type { Running, SpawnSpec, StartControl } from './running.ts';

export interface NodeServiceSpec extends StartControl {
  readonly name: string;
  /** The module to run. */
  readonly entry: string;
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  readonly logFile: string;
  readonly nodeFlags?: readonly string[];
  readonly readyTimeoutMs?: number;
}

/** The message that a service sends over its IPC channel once it serves. */
export const READY_MESSAGE = 'ready';

const DEFAULT_READY_MS = 30_000;

/**
 * Starts a service; resolves when it is ready. The IPC channel stays open: a service ends when it closes, so no service
 * outlives a launcher that was killed.
 */
export async function startNodeService(service: NodeServiceSpec): Promise<Running> {
  const spec: SpawnSpec = {
    ...service,
    command: process.execPath,
    args: [...(service.nodeFlags ?? []), service.entry],
    ipc: true,
    stopSignals: ['SIGTERM'],
  };
  const running = await spawnRunning(spec);
  let ready = false;
  running.child.on('message', (message) => {
    if (message === READY_MESSAGE) ready = true;
  });
  await untilReady(running, spec, () => ready, service.readyTimeoutMs ?? DEFAULT_READY_MS);
  return running;
}
