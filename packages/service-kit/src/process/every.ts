import type { Logger } from './logger.ts';

/** Does a piece of housekeeping again and again, one run after the other. Returns how to stop it, after the run that is on its way. */
export const every = (ms: number, logger: Pick<Logger, 'warn'>, work: () => Promise<unknown>): (() => Promise<void>) => {
  let stopped = false;
  let running = Promise.resolve();
  let timer: NodeJS.Timeout | undefined;
  const run = async () => {
    await work().catch((error: unknown) => logger.warn({ err: error }, 'housekeeping failed; it comes again'));
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
};
