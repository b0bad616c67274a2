import type { Logger } from './logger.ts';

/**
 * Runs a task again and again, `ms` after the end of each run. Returns a function that stops it after the current run.
 */
export function every(ms: number, logger: Pick<Logger, 'warn'>, work: () => Promise<unknown>): () => Promise<void> {
  let stopped = false;
  let running = Promise.resolve();
  let timer: NodeJS.Timeout | undefined;
  const run = async () => {
    await work().catch((error: unknown) => logger.warn({ err: error }, 'housekeeping failed; it runs again later'));
    if (!stopped) wait();
  };
  const wait = () => {
    timer = setTimeout(() => (running = run()), ms);
  };
  wait();
  return () => {
    stopped = true;
    clearTimeout(timer);
    return running;
  };
}
