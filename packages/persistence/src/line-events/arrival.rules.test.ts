import { expect, test } from '@jest/globals';
import { implausible, mayBeTooOld } from './arrival.rules.ts';

const NOW = '2026-11-30T12:00:00.000Z';
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const after = (ms: number, from = NOW) => new Date(Date.parse(from) + ms).toISOString();
const judged = (happenedAt: string, { arrivedAt = NOW, now = NOW, isBackfill = false, days = 35 } = {}) =>
  implausible({ happenedAt, arrivedAt, isBackfill }, now, days);

test.each([
  [-35 * DAY, undefined],
  [-35 * DAY - 1, 'too_old'],
  [-9_000 * DAY, 'too_old'],
  [0, undefined],
  [2_000, undefined],
  [2_001, 'early'],
  [360_000, 'early'],
  [DAY, 'early'],
  [DAY + 1, 'clock_ahead'],
  [9_000 * DAY, 'clock_ahead'],
])('an event %d ms from its arrival: %s', (ms, expected) => expect(judged(after(ms))).toBe(expected));

test('a backfill is never too old, and ahead as any other event', () => {
  expect([-9_000 * DAY, 360_000, 2 * DAY].map((ms) => judged(after(ms), { isBackfill: true }))).toEqual([
    undefined,
    'early',
    'clock_ahead',
  ]);
});

test('age is measured at the arrival: a service that was down for 40 days holds nothing back', () => {
  const arrivedAt = after(-40 * DAY);
  expect(judged(after(-1_000, arrivedAt), { arrivedAt })).toBeUndefined();
  expect(judged(after(-36 * DAY, arrivedAt), { arrivedAt })).toBe('too_old');
});

test('an event whose time has come before it was read does not wait, nor one that only a slow clock here calls ahead', () => {
  expect(judged(after(HOUR), { now: after(HOUR) })).toBeUndefined();
  expect(judged(NOW, { now: after(-HOUR) })).toBeUndefined();
});

test('the tenant decides how late events may be', () => {
  expect([1, 3_650].map((days) => judged(after(-36 * DAY), { days }))).toEqual(['too_old', undefined]);
});

test('the setting is not asked for while nothing is older than a day', () => {
  const asked = (happenedAt: string, isBackfill = false) => mayBeTooOld({ happenedAt, arrivedAt: NOW, isBackfill });
  expect([asked(after(-DAY)), asked(after(-DAY - 1)), asked(after(-DAY - 1), true)]).toEqual([false, true, false]);
});
