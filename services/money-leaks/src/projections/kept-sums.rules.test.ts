import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { cutAt, partsOf } from './kept-sums.rules.ts';

const window = (from: string, to: string) => ({
  plant_id: 'p',
  timezone: 'America/New_York',
  from: Date.parse(from),
  to: Date.parse(to),
});

describe('a window', () => {
  test('inside one day is postings only', () => {
    const { since, days_since, days_until, until, first_day, last_day } = partsOf(
      window('2026-03-02T10:00:00Z', '2026-03-02T20:00:00Z'),
      false,
    );
    expect([since, days_since, days_until, until]).toEqual([
      '2026-03-02T10:00:00.000Z',
      '2026-03-02T20:00:00.000Z',
      '2026-03-02T20:00:00.000Z',
      '2026-03-02T20:00:00.000Z',
    ]);
    expect(first_day).toBe(last_day);
  });

  test('over months is postings, days, months, days and postings', () => {
    expect(partsOf(window('2026-01-15T12:00:00Z', '2026-04-10T12:00:00Z'), false)).toEqual({
      plant_id: 'p',
      since: '2026-01-15T12:00:00.000Z',
      days_since: '2026-01-16T05:00:00.000Z',
      days_until: '2026-04-10T04:00:00.000Z',
      until: '2026-04-10T12:00:00.000Z',
      first_day: '2026-01-16',
      first_month: '2026-02-01',
      last_month: '2026-04-01',
      last_day: '2026-04-10',
    });
  });

  test('from the first of a month on uses that month', () => {
    expect(partsOf(window('2026-02-01T05:00:00Z', '2026-04-10T12:00:00Z'), false)).toMatchObject({
      first_day: '2026-02-01',
      first_month: '2026-02-01',
      last_month: '2026-04-01',
    });
  });

  test('grouped by day uses no months: those have no business date', () => {
    expect(partsOf(window('2026-01-15T12:00:00Z', '2026-04-10T12:00:00Z'), true)).toMatchObject({
      first_day: '2026-01-16',
      first_month: '2026-04-10',
      last_month: '2026-04-10',
      last_day: '2026-04-10',
    });
  });

  test('is cut into parts that follow each other without a gap', () => {
    const anyInstant = fc.integer({ min: Date.parse('2025-12-01T00:00:00Z'), max: Date.parse('2026-12-01T00:00:00Z') });
    fc.assert(
      fc.property(anyInstant, fc.nat({ max: 200 * 86_400_000 }), fc.boolean(), (from, length, byDay) => {
        const parts = partsOf({ plant_id: 'p', timezone: 'America/New_York', from, to: from + length }, byDay);
        const { since, days_since, days_until, until, first_day, first_month, last_month, last_day } = parts;
        for (const steps of [
          [since, days_since, days_until, until],
          [first_day, first_month, last_month, last_day],
        ])
          expect(steps.toSorted()).toEqual(steps);
      }),
    );
  });
});

test('as of an instant nothing is known that occurs a day later; without one the window stays', () => {
  const asked = window('2026-03-02T00:00:00Z', '2026-03-09T00:00:00Z');
  expect(cutAt('2026-03-04T00:00:00Z', asked).to).toBe(Date.parse('2026-03-05T00:00:00Z'));
  expect(cutAt('2026-01-01T00:00:00Z', asked).to).toBe(asked.from);
  expect(cutAt(undefined, asked)).toBe(asked);
});
