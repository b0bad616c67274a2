import type { Logger } from './logger.ts';

/** Does a piece of housekeeping again and again, one run after the other. Returns how to stop it. */
export const every = (ms: number, logger: Logger, work: () => Promise<unknown>): (() => void) => {
  let timer: NodeJS.Timeout | undefined;
  const run = async () => {
    await work().catch((error: unknown) => logger.warn({ err: error }, 'housekeeping failed; it comes again'));
    timer = setTimeout(() => void run(), ms);
  };
  timer = setTimeout(() => void run(), ms);
  return () => clearTimeout(timer);
};
