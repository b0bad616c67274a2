import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { enclosing, FOREVER, iso } from './intervals.rules.ts';

const anyInterval = fc.tuple(fc.nat(), fc.nat()).map(([a, b]) => ({ from: Math.min(a, b), to: Math.max(a, b) }));

test('the enclosing interval holds every one of them, and begins and ends with one of them', () => {
  fc.assert(
    fc.property(fc.array(anyInterval, { minLength: 1 }), (intervals) => {
      const { from, to } = enclosing(intervals);
      expect(intervals.every((one) => one.from >= from && one.to <= to)).toBe(true);
      expect(intervals.some((one) => one.from === from) && intervals.some((one) => one.to === to)).toBe(true);
    }),
  );
});

test('without intervals nothing lies in the enclosing one', () => {
  expect(enclosing([])).toEqual({ from: Infinity, to: -Infinity });
});

test('forever can be written as an instant', () => {
  expect(iso(FOREVER)).toBe('9999-12-31T00:00:00.000Z');
});
