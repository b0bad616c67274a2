/** Expectations of what comes about in a moment: events are on their way. */
import { expect } from '@jest/globals';
import { waitFor } from '@plantops/fixtures';

const WITHIN_MS = 10_000;

/** Asks until the answer is what is expected; fails with how the last one differs. */
export const becomes = async <T>(ask: () => Promise<T>, expected: T): Promise<void> => {
  const isThere = async () => {
    expect(await ask()).toEqual(expected);
    return true;
  };
  await waitFor('the figures', isThere, WITHIN_MS).catch((error: Error) => {
    throw error.cause;
  });
};

/** The fields that are expected, as they are answered. */
export const only = <T extends object>(answered: object, expected: T): T =>
  Object.fromEntries(Object.keys(expected).map((name) => [name, (answered as Record<string, unknown>)[name]])) as T;

/** A fraction as it is printed, in percent. */
export const percent = (fraction: number | null): number | null => (fraction === null ? null : Number((fraction * 100).toFixed(2)));

/** The lines of a table that is written into a test. */
export const table = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.trim().split(/\s+/).join(' '))
    .filter((line) => line !== '');
