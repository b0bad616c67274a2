/** Waits for a condition: checks it again and again until it holds or the time is up. */
import { setTimeout as delay } from 'node:timers/promises';

export interface WaitOptions {
  readonly timeoutMs: number;
  readonly everyMs?: number;
  readonly signal?: AbortSignal | undefined;
}

/** True as soon as the condition holds, false when it did not within the time. Rejects when aborted. */
export async function holdsWithin(
  condition: () => boolean | Promise<boolean>,
  { timeoutMs, everyMs = 20, signal }: WaitOptions,
): Promise<boolean> {
  const deadline = performance.now() + timeoutMs;
  for (;;) {
    signal?.throwIfAborted();
    if (await condition()) return true;
    if (performance.now() >= deadline) return false;
    // An abort ends the pause. The next round throws its reason.
    await delay(everyMs, undefined, { signal }).catch(() => undefined);
  }
}

/** True when the promise settled within the time. */
export async function settlesWithin(promise: Promise<unknown>, timeoutMs: number): Promise<boolean> {
  const cancel = new AbortController();
  const timeUp = delay(timeoutMs, false, { signal: cancel.signal }).catch(() => false);
  const settled = promise.then(
    () => true,
    () => true,
  );
  const result = await Promise.race([settled, timeUp]);
  cancel.abort();
  return result;
}
