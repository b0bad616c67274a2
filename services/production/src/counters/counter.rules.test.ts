import { describe, expect, test } from '@jest/globals';
import { aLine, at, shuffled } from '@plantops/testing';
import fc from 'fast-check';
import { differencesOf, heldOf, refusal, type Reading } from './counter.rules.ts';
import { affectedBy, NEIGHBOURS } from './affected.rules.ts';

const reading = (time: string, total: number, more: Partial<Reading> = {}): Reading => ({
  id: `id ${time}`,
  at: at(time),
  total,
  seq: 0,
  event_id: `event ${time} ${total}`,
  actor: 'line:L1',
  batch_number: null,
  product_id: null,
  unit: null,
  ...more,
});
const minutely = (...totals: number[]) =>
  totals.map((total, index) => reading(`08:${String(index).padStart(2, '0')}`, total));
const { versions } = aLine({ late_unit_seconds: 120, counter_modulus: 1000 });
const unlimited = aLine({ late_unit_seconds: 120 }).versions;

describe('differences', () => {
  test('the first reading is the base; a smaller total is a rollover up to half the range, else a restart', () => {
    expect(differencesOf(minutely(990, 998, 5, 2), versions)).toEqual([0, 8, 7, 2]);
    expect(differencesOf(minutely(700, 200, 100), versions)).toEqual([0, 500, 100]);
    expect(differencesOf(minutely(699, 200), versions)).toEqual([0, 200]);
    expect(differencesOf(minutely(990, 5), unlimited)).toEqual([0, 5]);
    expect(differencesOf([], versions)).toEqual([]);
  });

  test('a smaller total between two that do not fall, all within late_unit_seconds, is a misreading and adds nothing', () => {
    expect(differencesOf(minutely(100, 3, 104, 110), versions)).toEqual([0, 0, 4, 6]);
    expect(differencesOf(minutely(100, 0, 100), versions)).toEqual([0, 0, 0]);
    expect(differencesOf(minutely(998, 5, 999), versions)).toEqual([0, 0, 1]);
    // The last one may still be a restart.
    expect(differencesOf(minutely(100, 3), versions)).toEqual([0, 3]);
    const slow = [reading('08:00', 100), reading('08:01', 3), reading(at('08:02').replace('00.000', '00.001'), 104)];
    expect(differencesOf(slow, versions)).toEqual([0, 3, 101]);
    expect(differencesOf(slow, aLine({ ideal_cycle_seconds: 300 }).versions)).toEqual([0, 0, 4]);
  });

  test('a total over a modulus that was set later is followed by a restart', () => {
    expect(differencesOf(minutely(1500, 20), versions)).toEqual([0, 20]);
  });
});

describe('readings of one instant', () => {
  test('the highest seq holds, else the largest total, in any order', () => {
    const total = (...readings: Reading[]) =>
      [1, 2, 3].map((seed) => heldOf(shuffled(readings, seed)).map((held) => held.total));
    const largest = [reading('08:00', 7), reading('08:00', 9), reading('08:00', 8)];
    expect(total(...largest)).toEqual([[9], [9], [9]]);
    expect(total(...largest, reading('08:00', 6, { seq: 1 }))).toEqual([[6], [6], [6]]);
  });
});

test('a total over the modulus is refused, and both are named', () => {
  expect(refusal(versions, reading('08:00', 1000))).toBeUndefined();
  expect(refusal(unlimited, reading('08:00', 1001))).toBeUndefined();
  expect(refusal(versions, reading('08:00', 1001))).toMatch(/1001, .*counter_modulus.* 1000/);
});

test('what is derived around late readings is what all readings give at once, in any order of arrival', () => {
  const anyReading = fc
    .tuple(fc.nat(40), fc.oneof(fc.nat(12), fc.integer({ min: 985, max: 1000 }), fc.nat(1000)), fc.nat(2))
    .map(([slot, total, seq]) =>
      reading(new Date(Date.parse(at('08:00')) + slot * 30_000).toISOString(), total, { seq }),
    );
  const anyArrivals = fc.array(fc.array(anyReading, { minLength: 1, maxLength: 4 }), { maxLength: 12 });
  fc.assert(
    fc.property(anyArrivals, fc.constantFrom(versions, unlimited), (arrivals, of) => {
      let stored: Reading[] = [];
      const counts = new Map<string, number>();
      for (const sent of arrivals) {
        const around = stored.filter((_, index) =>
          sent.some((late) => {
            const before = stored.findLastIndex(({ at: then }) => then <= late.at);
            return index > before - NEIGHBOURS - 1 && index <= before + NEIGHBOURS;
          }),
        );
        const held = heldOf([...around, ...sent]);
        const changed = new Set(held.filter((one) => !around.includes(one)));
        const differences = differencesOf(held, of);
        const affected = affectedBy(held, changed);
        for (const [index, one] of held.entries())
          if (affected.has(one)) counts.set(one.at, differences[index] as number);
        stored = heldOf([...stored, ...sent]);
      }
      const whole = differencesOf(stored, of);
      expect(stored.map((one) => counts.get(one.at))).toEqual(whole);
    }),
    { numRuns: 2_000 },
  );
});
