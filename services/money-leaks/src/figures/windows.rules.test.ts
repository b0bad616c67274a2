import { describe, expect, test } from '@jest/globals';
import { aLine, aPlant, at, rowId } from '@plantops/testing';
import { plantWindows, previousWindows, wholeWindow, windowOf } from './windows.rules.ts';

const NOW = at('12:00');
const weekly = [{ name: 'early', start: '06:00', end: '10:00', breaks: [], weekdays: [1, 2, 3, 4, 5, 6, 7] }];
const plant = aPlant({
  timezone: 'Asia/Kolkata',
  calendars: [{ valid_from: null, timezone: 'Asia/Kolkata', weekly, exceptions: [] }],
});
const asked = (input: Parameters<typeof windowOf>[1]) => {
  const { from, to } = windowOf(plant, input, NOW);
  return [new Date(from).toISOString(), new Date(to).toISOString()];
};

describe('the window is', () => {
  test('the plant’s own today where nothing is named', () => {
    expect(asked({})).toEqual(['2026-03-01T18:30:00.000Z', '2026-03-02T18:30:00.000Z']);
    expect(asked({ period: 'yesterday' })).toEqual(['2026-02-28T18:30:00.000Z', '2026-03-01T18:30:00.000Z']);
  });

  test('seven days with today, or the last shift', () => {
    expect(asked({ period: '7d' })).toEqual(['2026-02-23T18:30:00.000Z', '2026-03-02T18:30:00.000Z']);
    expect(asked({ period: 'shift' })).toEqual(['2026-03-02T00:30:00.000Z', '2026-03-02T04:30:00.000Z']);
  });

  test('from and to as given; from alone up to now, to alone from the start of its day', () => {
    expect(asked({ from: at('08:00'), to: at('09:00') })).toEqual([at('08:00'), at('09:00')]);
    expect(asked({ from: at('08:00') })).toEqual([at('08:00'), NOW]);
    expect(asked({ to: at('09:00') })).toEqual(['2026-03-01T18:30:00.000Z', at('09:00')]);
    expect(asked({ to: '2026-03-01T18:30:00.000Z' })).toEqual(['2026-02-28T18:30:00.000Z', '2026-03-01T18:30:00.000Z']);
  });

  test('invalid where it is empty or longer than 400 days', () => {
    expect(() => asked({ from: at('09:00'), to: at('09:00') })).toThrow('must be before to');
    expect(() => asked({ from: '2025-01-01T00:00:00Z', to: at('09:00') })).toThrow(
      'must be at most 400 days before to',
    );
  });
});

test('lines of one plant share a window, and the window before is as long', () => {
  const window = { from: 100, to: 250 };
  const lines = [1, 2].map((n) => ({ line: aLine({ id: rowId(n) }), plant, window }));
  expect(plantWindows(lines)).toEqual([{ plant_id: plant.id, timezone: plant.timezone, ...window }]);
  expect(previousWindows(plantWindows(lines))).toMatchObject([{ from: -50, to: 100 }]);
});

test('the whole window goes from the first start to the last end; without lines it is what was asked, or this instant', () => {
  expect(
    wholeWindow(
      [
        { from: 5, to: 10 },
        { from: 1, to: 7 },
      ],
      {},
      NOW,
    ),
  ).toEqual({ from: 1, to: 10 });
  expect(wholeWindow([], { from: at('08:00') }, NOW)).toEqual({ from: Date.parse(at('08:00')), to: Date.parse(NOW) });
  expect(wholeWindow([], {}, NOW)).toEqual({ from: Date.parse(NOW), to: Date.parse(NOW) });
});
