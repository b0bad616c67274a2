import { expect, test } from '@jest/globals';
import { aPlant } from '@plantops/testing';
import fc from 'fast-check';
import { longestRuns, missingIn, MOST_RUNS, type Days } from './kept-days.rules.ts';

const date = (day: number) => new Date(Date.UTC(2026, 2, day)).toISOString().slice(0, 10);
const midnight = (day: number) => Date.UTC(2026, 2, day);
const run = (first: number, last: number): Days => ({ line_id: 'a', first: date(first), last: date(last) });
const plant = aPlant();

test('of each line the longest runs are used, in order', () => {
  const runs = [run(1, 2), run(4, 9), run(11, 11), run(13, 20), run(22, 25)];
  expect(longestRuns([...runs, { ...run(1, 1), line_id: 'b' }]).get('a')).toEqual([
    run(4, 9),
    run(13, 20),
    run(22, 25),
  ]);
  expect(longestRuns(runs).get('a')).toHaveLength(MOST_RUNS);
});

test('what is missing lies before, between and after the kept days', () => {
  const window = { from: midnight(1) + 5, to: midnight(10) };
  expect(missingIn({ window, plant }, [run(2, 3), run(6, 7)])).toEqual([
    { from: midnight(1) + 5, to: midnight(2) },
    { from: midnight(4), to: midnight(6) },
    { from: midnight(8), to: midnight(10) },
  ]);
  expect(missingIn({ window, plant }, [])).toEqual([window]);
});

test('kept days and what is missing make up the window, whatever is kept', () => {
  const anyDays = fc.uniqueArray(fc.integer({ min: 1, max: 28 })).map((days) => days.toSorted((a, b) => a - b));
  fc.assert(
    fc.property(anyDays, (days) => {
      const missing = missingIn(
        { window: { from: midnight(1), to: midnight(29) }, plant },
        days.map((day) => run(day, day)),
      );
      const length = missing.reduce((sum, { from, to }) => sum + to - from, 0);
      expect(length + days.length * 86_400_000).toBe(midnight(29) - midnight(1));
    }),
  );
});
