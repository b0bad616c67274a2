import { expect, test } from '@jest/globals';
import { latestEnd, liesAhead, notAhead, notTooLong } from './clock-tolerance.ts';

const now = '2026-03-02T12:00:00.000Z';

test('a span may last 366 days, and not a millisecond longer', () => {
  expect(latestEnd(now)).toBe('2027-03-03T12:00:00.000Z');
  expect(() => notTooLong('end_time', now, '2027-03-03T12:00:00.000Z')).not.toThrow();
  expect(() => notTooLong('end_time', now, '2027-03-03T12:00:00.001Z')).toThrow('end_time');
});

test('an instant may lie five minutes ahead, as clocks differ, and not a millisecond more', () => {
  expect(liesAhead('2026-03-02T12:05:00.000Z', now)).toBe(false);
  expect(liesAhead('2026-03-02T12:05:00.001Z', now)).toBe(true);
  expect(() => notAhead('at', '2026-03-02T12:05:00.000Z', now)).not.toThrow();
  expect(() => notAhead('at', '2026-03-02T12:05:00.001Z', now)).toThrow('at');
});
