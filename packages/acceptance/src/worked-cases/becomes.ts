/** Expectations that become true soon, after events were applied. */
import { expect } from '@jest/globals';
import { waitFor } from '@plantops/fixtures';

const WITHIN_MS = 10_000;

/** Asks until the answer equals the expected one. Fails with the last difference. */
export async function becomes<T>(ask: () => Promise<T>, expected: T): Promise<void> {
  const isThere = async () => {
    expect(await ask()).toEqual(expected);
    return true;
  };
  await waitFor('the figures', isThere, WITHIN_MS).catch((error: Error) => {
    throw error.cause;
  });
}

/** The answered values of the expected fields. */
export const only = <T extends object>(answered: object, expected: T): T =>
  Object.fromEntries(Object.keys(expected).map((name) => [name, (answered as Record<string, unknown>)[name]])) as T;

/** A fraction in percent, with two decimals. */
export const percent = (fraction: number | null): number | null =>
  fraction === null ? null : Number((fraction * 100).toFixed(2));

/** The lines of a table in a test. */
export const table = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.trim().split(/\s+/).join(' '))
    .filter((line) => line !== '');
