import { setTimeout as delay } from 'node:timers/promises';

const LOOK_EVERY_MS = 20;

/** The first answer that is neither undefined nor false; fails with what it waited for when none comes in time. */
export const waitFor = async <T>(
  what: string,
  look: () => Promise<T | undefined | false> | T | undefined | false,
  timeoutMs = 10_000,
): Promise<T> => {
  const deadline = Date.now() + timeoutMs;
  let last: unknown;
  for (;;) {
    try {
      const found = await look();
      if (found !== undefined && found !== false) return found;
    } catch (error) {
      last = error;
    }
    if (Date.now() > deadline) throw new Error(`waited ${timeoutMs} ms in vain for: ${what}`, { cause: last });
    await delay(LOOK_EVERY_MS);
  }
};
