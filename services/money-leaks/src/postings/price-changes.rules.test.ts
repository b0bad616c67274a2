import { describe, expect, test } from '@jest/globals';
import { aLine, aPlant, aProduct, at, LINE_ID, rowId } from '@plantops/testing';
import fc from 'fast-check';
import { changedSince, firstChange, halves, movesDays } from './price-changes.rules.ts';

const ALWAYS = '1970-01-01T00:00:00.000Z';
const price = (valid_from: string | null, hourly_cost: number) => ({
  valid_from,
  hourly_cost,
  ideal_cycle_seconds: 30,
  micro_stop_seconds: 300,
});

describe('a line', () => {
  const line = aLine({ versions: [price(null, 100), price(at('08:00'), 200)] });

  test('that is new prices all time', () => {
    expect(changedSince('line', undefined, line)).toBe(ALWAYS);
  });

  test('with another name prices nothing in another way', () => {
    expect(changedSince('line', line, { ...line, name: 'x', version: 2 })).toBeUndefined();
  });

  test('with another price prices time from that price on, and only that', () => {
    const later = { ...line, versions: [...line.versions, price(at('14:00'), 300)] };
    expect(changedSince('line', line, later)).toBe(at('14:00'));
    const corrected = { ...line, versions: [price(null, 100), price(at('07:00'), 200)] };
    expect(changedSince('line', line, corrected)).toBe(at('07:00'));
    expect(changedSince('line', corrected, line)).toBe(at('07:00'));
  });
});

describe('a plant', () => {
  test('in another time zone moves all days', () => {
    const [before, after] = [aPlant(), aPlant({ timezone: 'Asia/Kolkata' })];
    expect([changedSince('plant', before, after), movesDays('plant', before, after)]).toEqual([ALWAYS, true]);
  });

  test('with another calendar schedules time from that calendar on; its days stay', () => {
    const after = aPlant({ calendars: [{ valid_from: at('08:00'), timezone: 'UTC', weekly: [], exceptions: [] }] });
    expect([changedSince('plant', aPlant(), after), movesDays('plant', aPlant(), after)]).toEqual([at('08:00'), false]);
  });
});

test('a product prices time from the first change of its costs or of its rate on any line', () => {
  const rate = (line_id: string, valid_from: string, ideal_cycle_seconds: number) => ({
    line_id,
    valid_from,
    ideal_cycle_seconds,
  });
  const before = aProduct({ rates: [rate(LINE_ID, at('10:00'), 20), rate(rowId(9), at('09:00'), 20)] });
  expect(changedSince('product', before, { ...before, rates: [...before.rates].reverse() })).toBeUndefined();
  const after = { ...before, rates: [rate(LINE_ID, at('10:00'), 25), rate(rowId(9), at('09:00'), 25)] };
  expect(changedSince('product', before, after)).toBe(at('09:00'));
});

test('versions that say the same in another order of fields have not changed', () => {
  const anyVersions = fc.array(
    fc.record({ valid_from: fc.constantFrom(null, at('08:00'), at('09:00')), cost: fc.nat() }),
  );
  fc.assert(
    fc.property(anyVersions, (versions) => {
      const reordered = versions.map(({ valid_from, cost }) => ({ cost, valid_from }));
      expect(firstChange({ versions }, { versions: reordered })).toBeUndefined();
    }),
  );
});

test('halves are the whole in its order, and each is smaller', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(), { minLength: 2 }), (items) => {
      const [first, second] = halves(items);
      expect([...first, ...second]).toEqual(items);
      expect(Math.max(first.length, second.length)).toBeLessThan(items.length);
    }),
  );
});
