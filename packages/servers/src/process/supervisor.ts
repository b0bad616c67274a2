/** Keeps one child of the plant running: starts it again when it dies, until `stop` is called. */
import { setTimeout as delay } from 'node:timers/promises';

import type { Running } from './running.ts';
import { settlesWithin } from './holds-within.ts';

export interface SuperviseSpec<R extends Running> {
  readonly name: string;
  /** Starts the child and resolves when it is ready. When the signal is aborted it must end the child and reject. */
  start(signal: AbortSignal): Promise<R>;
  /** Called at every start, exit and failed start, in their order. Must not throw. */
  readonly onEvent?: (event: SupervisorEvent<R>) => void;
  readonly backoff?: Backoff;
}

export interface Backoff {
  readonly firstMs: number;
  readonly maxMs: number;
  /** After a child lived this long, the next wait is `firstMs` again. */
  readonly resetAfterMs: number;
}

export type SupervisorEvent<R extends Running> =
  | {
      readonly type: 'started';
      readonly name: string;
      readonly pid: number;
      readonly restarts: number;
      readonly running: R;
    }
  | {
      readonly type: 'exited';
      readonly name: string;
      readonly pid: number;
      readonly code: number | null;
      readonly retryInMs: number;
    }
  | { readonly type: 'start-failed'; readonly name: string; readonly error: Error; readonly retryInMs: number };

export interface Supervised<R extends Running> {
  readonly name: string;
  /** The first start. Rejects when it fails: a plant that cannot start reports it instead of trying for ever. */
  readonly started: Promise<R>;
  /** The child that runs now; undefined between two starts. */
  current(): R | undefined;
  /** Ends the child and starts no other. Resolves when it is gone. */
  readonly stop: (deadlineMs?: number) => Promise<void>;
}

const DEFAULT_BACKOFF: Backoff = { firstMs: 100, maxMs: 5_000, resetAfterMs: 30_000 };
const DEFAULT_STOP_MS = 10_000;
/** A start that was aborted ends its child within this, on top of the deadline. */
const ABORTED_START_MS = 10_000;

export function supervise<R extends Running>(spec: SuperviseSpec<R>): Supervised<R> {
  const stopping = new AbortController();
  const first = Promise.withResolvers<R>();
  // A caller that stops the plant before it is ready need not handle this rejection.
  first.promise.catch(() => undefined);
  let current: R | undefined;

  const keepRunning = async (): Promise<void> => {
    const { firstMs, maxMs, resetAfterMs } = spec.backoff ?? DEFAULT_BACKOFF;
    const { name } = spec;
    let waitMs = firstMs;
    for (let restarts = 0; !stopping.signal.aborted; restarts += 1) {
      const startedAt = performance.now();
      const outcome = await attempt(spec, stopping.signal);
      if (outcome instanceof Error) {
        first.reject(outcome);
        if (restarts === 0 || stopping.signal.aborted) return;
        spec.onEvent?.({ type: 'start-failed', name, error: outcome, retryInMs: waitMs });
      } else {
        current = outcome;
        first.resolve(current);
        const { pid } = current;
        // `stop` was called while the child was starting, and it became ready nevertheless.
        if (stopping.signal.aborted) await current.stop();
        else spec.onEvent?.({ type: 'started', name, pid, restarts, running: current });
        const code = await current.exited;
        current = undefined;
        if (performance.now() - startedAt >= resetAfterMs) waitMs = firstMs;
        if (!stopping.signal.aborted) spec.onEvent?.({ type: 'exited', name, pid, code, retryInMs: waitMs });
      }
      await delay(waitMs, undefined, { signal: stopping.signal }).catch(() => undefined);
      waitMs = Math.min(waitMs * 2, maxMs);
    }
  };
  const finished = keepRunning();

  const stop = async (deadlineMs = DEFAULT_STOP_MS): Promise<void> => {
    stopping.abort(new Error(`${spec.name} is being stopped`));
    await current?.stop(deadlineMs);
    // Between two starts, or during one, there is no child to signal: the abort ends the loop.
    if (await settlesWithin(finished, deadlineMs + ABORTED_START_MS)) return;
    throw new Error(`${spec.name} was still starting ${deadlineMs + ABORTED_START_MS} ms after \`stop\` was called.`);
  };
  return { name: spec.name, started: first.promise, current: () => current, stop };
}

async function attempt<R extends Running>(spec: SuperviseSpec<R>, signal: AbortSignal): Promise<R | Error> {
  try {
    return await spec.start(signal);
  } catch (error) {
    return error instanceof Error ? error : new Error(`${spec.name} could not be started: ${String(error)}`);
  }
}
