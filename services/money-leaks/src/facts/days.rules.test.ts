import { describe, expect, test } from '@jest/globals';
import { aPlant } from '@plantops/testing';
import fc from 'fast-check';
import { dayAfter, dayOf, wholeDays, wholeDaysIn } from './days.rules.ts';

const ZONES = ['UTC', 'America/New_York', 'Asia/Kolkata', 'Europe/Berlin'] as const;
const anyInstant = fc.integer({ min: Date.parse('2025-01-01T00:00:00Z'), max: Date.parse('2027-01-01T00:00:00Z') });

describe('the local day of an instant', () => {
  test('holds the instant, and begins where the day before ends', () => {
    fc.assert(
      fc.property(fc.constantFrom(...ZONES), anyInstant, (timezone, at) => {
        const day = dayOf(timezone, at);
        expect(day.from <= at && at < day.to).toBe(true);
        expect(dayOf(timezone, day.from - 1).to).toBe(day.from);
      }),
    );
  });

  test('has 23 hours when summer time begins', () => {
    const { from, to, date } = dayOf('Europe/Berlin', Date.parse('2026-03-29T12:00:00Z'));
    expect([(to - from) / 3_600_000, date]).toEqual([23, '2026-03-29']);
  });
});

test('an interval widened to whole days holds the whole of a shift over midnight', () => {
  const night = { name: 'night', start: '22:00', end: '06:00', breaks: [], weekdays: [1, 2, 3, 4, 5, 6, 7] };
  const plant = aPlant({ calendars: [{ valid_from: null, timezone: 'UTC', exceptions: [], weekly: [night] }] });
  const whole = wholeDays(plant, { from: Date.parse('2026-03-02T10:00:00Z'), to: Date.parse('2026-03-02T11:00:00Z') });
  expect([new Date(whole.from).toISOString(), new Date(whole.to).toISOString()]).toEqual([
    '2026-03-01T22:00:00.000Z',
    '2026-03-03T06:00:00.000Z',
  ]);
});

test('whole days in an interval leave out the days that it cuts', () => {
  const inUtc = (from: string, to: string) => wholeDaysIn('UTC', { from: Date.parse(from), to: Date.parse(to) });
  expect(inUtc('2026-03-02T00:00:00Z', '2026-03-04T00:00:00Z')).toEqual({ first: '2026-03-02', last: '2026-03-04' });
  expect(inUtc('2026-03-02T00:00:01Z', '2026-03-04T23:00:00Z')).toEqual({ first: '2026-03-03', last: '2026-03-04' });
});

test('the day after the last of a month is the first of the next', () => {
  expect([dayAfter('2026-02-28'), dayAfter('2026-12-31')]).toEqual(['2026-03-01', '2027-01-01']);
});
