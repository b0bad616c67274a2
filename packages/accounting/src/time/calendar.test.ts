import { describe, expect, test } from '@jest/globals';
import { businessDateOf, midnightsIn, shiftsIn, type Schedule, type ShiftCalendar } from '../index.ts';
import { at, calendar, shift, wholeDay, window } from '../line-fixture.ts';

const HOUR = 3_600_000;

function schedule(timezone: string, value: ShiftCalendar | null): Schedule {
  return { timezone, calendars: [{ valid_from: null, value: value === null ? null : { ...value, timezone } }] };
}

function hours(value: Schedule, from: string, to: string): [string, number][] {
  return shiftsIn(value, { from: Date.parse(from), to: Date.parse(to) }).map((found) => [
    found.key,
    (found.to - found.from) / HOUR,
  ]);
}

describe('without a calendar', () => {
  test('each local day counts as one shift, 23 or 25 hours long when clocks change', () => {
    const berlin = schedule('Europe/Berlin', null);
    expect(hours(berlin, '2026-03-28T12:00Z', '2026-03-30T12:00Z')).toEqual([
      ['2026-03-28', 24],
      ['2026-03-29', 23],
      ['2026-03-30', 24],
    ]);
    expect(hours(berlin, '2026-10-25T12:00Z', '2026-10-25T13:00Z')).toEqual([['2026-10-25', 25]]);
  });

  test('a day begins at its first instant when midnight occurs twice or never', () => {
    expect(midnightsIn('America/Havana', window('2025-11-01T12:00Z', '2025-11-02T12:00Z'))).toEqual([
      at('2025-11-02T04:00Z'),
    ]);
    expect(midnightsIn('America/Havana', window('2025-03-08T12:00Z', '2025-03-09T12:00Z'))).toEqual([
      at('2025-03-09T05:00Z'),
    ]);
  });
});

describe('a weekly pattern', () => {
  const night = calendar(shift('night', '22:00', '06:00', ['01:30', '02:00']));

  test('is in the plant’s zone: a night with a clock change has 7 or 9 hours, and its break keeps its length', () => {
    const newYork = schedule('America/New_York', night);
    const spring = shiftsIn(newYork, window('2026-03-08T04:00Z', '2026-03-08T05:00Z'))[0];
    const autumn = shiftsIn(newYork, window('2026-11-01T04:00Z', '2026-11-01T05:00Z'))[0];
    const lengths = [spring, autumn].map((found) => ((found?.to ?? 0) - (found?.from ?? 0)) / HOUR);
    expect(lengths).toEqual([7, 9]);
    expect(autumn?.breaks.map((pause) => pause.to - pause.from)).toEqual([HOUR / 2]);
  });

  test('an overnight shift belongs to the day on which it starts', () => {
    const utc = schedule('UTC', night);
    expect(businessDateOf(utc, at('2026-03-03T05:59Z'))).toBe('2026-03-02');
    expect(businessDateOf(utc, at('2026-03-03T06:00Z'))).toBe('2026-03-03');
  });

  test('has ISO weekdays', () => {
    const mondays: ShiftCalendar = { ...calendar(), weekly: [{ ...shift('day', '06:00', '14:00'), weekdays: [1] }] };
    expect(hours(schedule('UTC', mondays), '2026-03-01T00:00Z', '2026-03-10T00:00Z')).toEqual([
      ['2026-03-02T06:00 day', 8],
      ['2026-03-09T06:00 day', 8],
    ]);
  });

  test('is replaced by an exception on its date; an empty exception closes the plant', () => {
    const base = calendar(shift('day', '06:00', '14:00'));
    const exceptions = [
      { date: '2026-03-02', shifts: [] },
      { date: '2026-03-03', shifts: [shift('short', '08:00', '10:00')] },
    ];
    expect(hours(schedule('UTC', { ...base, exceptions }), '2026-03-02T00:00Z', '2026-03-05T00:00Z')).toEqual([
      ['2026-03-03T08:00 short', 2],
      ['2026-03-04T06:00 day', 8],
    ]);
  });

  test('ignores a shift within an earlier one; of two that begin together the shorter one is first, in any order of the pattern', () => {
    const within = [shift('long', '06:00', '22:00'), shift('short', '10:00', '12:00')];
    const atOnce = [shift('long', '06:00', '22:00'), shift('short', '06:00', '10:00')];
    const found = (shifts: typeof within) =>
      shiftsIn(schedule('UTC', calendar(...shifts)), { from: at('00:00'), to: at('23:00') }).map(
        ({ name, from, to }) => [name, from, to],
      );
    for (const order of [within, within.toReversed()])
      expect(found(order)).toEqual([['long', at('06:00'), at('22:00')]]);
    for (const order of [atOnce, atOnce.toReversed()])
      expect(found(order)).toEqual([
        ['short', at('06:00'), at('10:00')],
        ['long', at('10:00'), at('22:00')],
      ]);
  });

  test('cuts overlapping shifts: the later one begins when the earlier one ends', () => {
    const overlap = calendar(shift('early', '06:00', '14:30'), shift('late', '14:00', '22:00'));
    expect(hours(schedule('UTC', overlap), '2026-03-02T00:00Z', '2026-03-03T00:00Z')).toEqual([
      ['2026-03-02T06:00 early', 8.5],
      ['2026-03-02T14:00 late', 7.5],
    ]);
  });

  test('throws for an invalid time', () => {
    expect(() => shiftsIn(schedule('UTC', calendar(shift('odd', '25:00', '26:00'))), wholeDay)).toThrow(
      'not a time of day',
    );
  });
});

test('each calendar version applies to its own time; a shift that is in both versions stays one shift', () => {
  const before = calendar(shift('early', '06:00', '14:00'), shift('late', '14:00', '22:00'));
  const after = calendar(shift('early', '06:00', '14:00'), shift('night', '22:00', '23:00'));
  const changed: Schedule = {
    timezone: 'UTC',
    calendars: [
      { valid_from: at('10:00'), value: after },
      { valid_from: null, value: before },
    ],
  };
  expect(hours(changed, '2026-03-02T00:00Z', '2026-03-03T00:00Z')).toEqual([
    ['2026-03-02T06:00 early', 8],
    ['2026-03-02T22:00 night', 1],
  ]);
});
