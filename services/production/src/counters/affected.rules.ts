/** Which counts depend on readings that have changed. */
import type { Reading } from './counter.rules.ts';

/**
 * How many readings before and after a changed one must be known. What is affected is at most one before it and two
 * after it: it says whether the one before was misread, and may be misread itself, so that the one after has another
 * base and may be misread or not; then so has the next. Whether that one was misread, the one after it says. Of three
 * unbroken readings the last one is understood, whatever was before them.
 */
export const NEIGHBOURS = 3;
const AFFECTED_BEFORE = 1;
const AFFECTED_AFTER = 2;

/**
 * The readings whose differences may be others than before. `held` has, in order of time, the changed readings and the
 * stored neighbours of each.
 */
export function affectedBy(held: readonly Reading[], changed: ReadonlySet<Reading>): Set<Reading> {
  return new Set(
    held.flatMap((reading, place) =>
      changed.has(reading) ? held.slice(Math.max(0, place - AFFECTED_BEFORE), place + AFFECTED_AFTER + 1) : [],
    ),
  );
}
