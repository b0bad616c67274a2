import { describe, expect, test } from '@jest/globals';
import { Problem } from '@plantops/contracts';
import fc from 'fast-check';
import { bucketMicroseconds, windowOf } from './window.rules.ts';

const now = '2026-03-02T14:00:00.000Z';
const windowFor = (timezone: string, asked: { from?: string; to?: string }) => {
  const { from, to } = windowOf(timezone, asked, now);
  return [new Date(from).toISOString(), new Date(to).toISOString()];
};

describe('the window of a query', () => {
  test.each([
    ['nothing: today of the plant', 'America/New_York', {}, ['2026-03-02T05:00:00.000Z', '2026-03-03T05:00:00.000Z']],
    ['nothing, east of Greenwich', 'Europe/Berlin', {}, ['2026-03-01T23:00:00.000Z', '2026-03-02T23:00:00.000Z']],
    ['a start: until now', 'UTC', { from: '2026-03-01T00:00:00.000Z' }, ['2026-03-01T00:00:00.000Z', now]],
    [
      'an end: from the midnight before it',
      'America/New_York',
      { to: '2026-03-02T05:00:00.000Z' },
      ['2026-03-01T05:00:00.000Z', '2026-03-02T05:00:00.000Z'],
    ],
  ])('with %s', (_what, timezone, asked, expected) => expect(windowFor(timezone, asked)).toEqual(expected));

  test.each([
    ['an end before the start', { from: '2026-03-02T08:00:00.000Z', to: '2026-03-02T08:00:00.000Z' }],
    ['more than 400 days', { from: '2025-01-01T00:00:00.000Z', to: '2026-02-05T00:00:00.001Z' }],
    ['a start in the future', { from: '2026-03-02T15:00:00.000Z' }],
  ])('%s is refused', (_what, asked) => expect(() => windowFor('UTC', asked)).toThrow(Problem));
});

test('the points cover the whole window and are never one too many', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 400 * 86_400_000 }), fc.integer({ min: 1, max: 2_000 }), (span, points) => {
      const width = bucketMicroseconds({ from: 0, to: span }, points);
      expect(Math.floor(((span - 1) * 1_000) / width)).toBeLessThan(points);
    }),
  );
});
