import { expect, test } from '@jest/globals';
import { timeOf } from './time.rules.ts';

const TIME = '2026-03-02T10:00:00.000Z';

test.each([
  [1_772_445_600, TIME],
  [1_772_445_600_000, TIME],
  [1_772_445_600_000_000, TIME],
  [1_772_445_600_000_000_000, TIME],
  ['1772445600', TIME],
  ['1772445600.250', '2026-03-02T10:00:00.250Z'],
  [TIME, TIME],
  ['2026-03-02T10:00:00', '2026-03-02T10:00:00'],
  [true, true],
  [null, null],
  [Number.MAX_VALUE, Number.MAX_VALUE],
])('%p is read as %p', (value, expected) => {
  expect(timeOf(value)).toBe(expected);
});
