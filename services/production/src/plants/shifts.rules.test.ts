import { describe, expect, test } from '@jest/globals';
import { aPlant, at } from '@plantops/testing';
import { withCalendar } from './shifts.rules.ts';

const now = at('12:00');
const shift = (name: string, start: string, end: string, fields = {}) => ({
  name,
  start,
  end,
  breaks: [],
  weekdays: [1, 2, 3, 4, 5],
  ...fields,
});
const early = shift('early', '06:00', '14:00');
const late = shift('late', '14:00', '22:00');
const night = shift('night', '22:00', '06:00');
const plant = aPlant({ timezone: 'America/New_York' });
const set = (
  weekly: Parameters<typeof withCalendar>[1]['weekly'],
  exceptions: Parameters<typeof withCalendar>[1]['exceptions'] = [],
) => withCalendar(plant, { weekly, exceptions }, undefined, now);
const invalid = (path: string) =>
  expect.objectContaining({ code: 'invalid', errors: [expect.objectContaining({ path })] });
const problemOf = (decide: () => unknown): unknown => {
  try {
    return decide();
  } catch (error) {
    return error;
  }
};

describe('a shift calendar', () => {
  test('around the clock, each shift ending as the next begins', () => {
    expect(set([early, late, night])).toEqual([
      { valid_from: null, timezone: 'America/New_York', weekly: [early, late, night], exceptions: [] },
    ]);
  });

  test('a shift that ends at the hour it begins lasts a whole day, and leaves no room for another', () => {
    const round = shift('round', '06:00', '06:00');
    expect(set([round])[0]?.weekly).toEqual([round]);
    expect(problemOf(() => set([round, late]))).toEqual(invalid('weekly.1'));
    const lunch = { ...round, breaks: [{ start: '02:00', end: '02:30' }] };
    expect(set([lunch])[0]?.weekly).toEqual([lunch]);
  });

  test('that has a first day is preceded by time without one', () => {
    const calendars = withCalendar(plant, { weekly: [early], exceptions: [] }, at('06:00'), now);
    expect(calendars.map(({ valid_from, weekly }) => [valid_from, weekly?.length ?? null])).toEqual([
      [null, null],
      [at('06:00'), 1],
    ]);
    const ended = withCalendar({ ...plant, calendars }, { weekly: null, exceptions: [] }, undefined, now);
    expect(ended.map(({ valid_from }) => valid_from)).toEqual([null, at('06:00'), now]);
  });

  test.each([
    ['two shifts at once', [early, shift('other', '13:00', '15:00')], 'weekly.1'],
    ['a night that runs into the early shift of the next day', [shift('night', '22:00', '06:30'), early], 'weekly.1'],
    [
      'a Sunday night that runs into Monday',
      [shift('night', '22:00', '07:00', { weekdays: [7] }), shift('early', '06:00', '14:00', { weekdays: [1] })],
      'weekly.1',
    ],
    ['a break outside its shift', [{ ...early, breaks: [{ start: '14:00', end: '14:30' }] }], 'weekly.0.breaks.0'],
    [
      'breaks that overlap',
      [
        {
          ...early,
          breaks: [
            { start: '08:00', end: '09:00' },
            { start: '08:30', end: '09:30' },
          ],
        },
      ],
      'weekly.0.breaks.1',
    ],
  ])('refuses %s and names it', (_what, weekly, path) => expect(problemOf(() => set(weekly))).toEqual(invalid(path)));

  test('a break of a night shift may lie after midnight', () => {
    expect(() => set([{ ...night, breaks: [{ start: '01:00', end: '01:30' }] }])).not.toThrow();
  });

  test('an exception is one day, once, and its shifts do not overlap', () => {
    const closed = { date: '2026-12-25', shifts: [] };
    expect(set([early], [closed])[0]?.exceptions).toEqual([closed]);
    expect(problemOf(() => set([early], [closed, closed]))).toEqual(invalid('exceptions.1.date'));
    expect(problemOf(() => set([early], [{ date: '2026-12-24', shifts: [early, early] }]))).toEqual(
      invalid('exceptions.0.shifts'),
    );
  });

  test('the fortieth version is the last, and all of them fit into one announcement', () => {
    let calendars: ReturnType<typeof withCalendar> = set([early]);
    const next = (n: number, exceptions: { date: string; shifts: [] }[] = []) =>
      withCalendar(
        { ...plant, calendars },
        { weekly: [early], exceptions },
        new Date(Date.parse(now) + n * 1000).toISOString(),
        now,
      );
    for (let n = 1; n < 40; n += 1) calendars = next(n);
    expect(problemOf(() => next(40))).toEqual(invalid('valid_from'));
    calendars = calendars.slice(0, 30);
    const many = Array.from({ length: 400 }, (_, n) => ({
      date: new Date(Date.UTC(2026, 0, n + 1)).toISOString().slice(0, 10),
      shifts: [] as [],
    }));
    const grow = () => {
      for (let n = 100; n < 110; n += 1) calendars = next(n, many);
    };
    expect(problemOf(grow)).toEqual(invalid('weekly'));
  });
});
