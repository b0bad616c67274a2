import { describe, expect, test } from '@jest/globals';
import { aBatch, aCount, aProduct, aScrap } from '@plantops/testing';
import fc from 'fast-check';
import { batchAgain, batchIn, changesUnits, checkUnits, corrected, countIn, hasUnit, scrapIn } from './units.rules.ts';

const pack = aProduct({
  code: 'P',
  unit: 'pack',
  units: [
    { unit: 'bottle', factor: '1/6' },
    { unit: 'pallet', factor: 480 },
  ],
});

describe('scrap', () => {
  test('in another unit is stored in the product’s own, its cost per that unit, and what was given beside them', () => {
    expect(scrapIn(pack, { quantity: 12, unit: 'bottle', unit_cost: 0.5 })).toEqual({
      quantity: 2,
      unit: 'pack',
      unit_cost: 3,
      given_quantity: 12,
      given_unit: 'bottle',
      given_unit_cost: 0.5,
    });
  });

  const AS_GIVEN = { given_quantity: null, given_unit: null, given_unit_cost: null };
  test.each([undefined, 'pack'])('in the unit %s is in the product’s own, as it was given', (unit) => {
    expect(scrapIn(pack, { quantity: 12, unit, unit_cost: 0.5 })).toEqual({
      quantity: 12,
      unit: 'pack',
      unit_cost: 0.5,
      ...AS_GIVEN,
    });
  });

  test('without a product keeps the unit as a word', () => {
    const given = { quantity: 12, unit_cost: null };
    expect(scrapIn(undefined, { ...given, unit: 'kg' })).toEqual({ ...given, unit: 'kg', ...AS_GIVEN });
    expect(scrapIn(undefined, { ...given, unit: undefined })).toEqual({ ...given, unit: 'ea', ...AS_GIVEN });
  });

  test('in a unit that the product does not have is refused, and the refusal names those that it has', () => {
    expect(() => scrapIn(pack, { quantity: 12, unit: 'kg', unit_cost: null })).toThrow(/use pack, bottle, pallet/);
    expect([hasUnit(pack, 'kg'), hasUnit(pack, 'pallet'), hasUnit(pack, undefined)]).toEqual([false, true, true]);
  });

  test.each([
    ['less than a millionth', { quantity: 0.000001, unit: 'bottle', unit_cost: null }, /quantity/],
    ['more than a trillion', { quantity: 1e11, unit: 'pallet', unit_cost: null }, /quantity/],
    ['at more than a billion dollars', { quantity: 1, unit: 'bottle', unit_cost: 1e9 }, /unit_cost/],
  ])('of %s in the product’s own unit is refused', (_what, given, field) => {
    expect(() => scrapIn(pack, given)).toThrow(field);
  });
});

describe('a conversion', () => {
  const whole = fc.integer({ min: 1, max: 999_999_999 });
  test('is exact: what is given in a unit of which n are one is an nth, to the nearest millionth', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e9 }), fc.integer({ min: 1, max: 1000 }), (millions, parts) => {
        const product = aProduct({ unit: 'a', units: [{ unit: 'b', factor: `1/${parts}` }] });
        const { good } = countIn(product, { good: millions / 1000, reject: 0, unit: 'b' });
        const [exact, nearest] = [millions * 1000, Math.round(good * 1e6) * parts];
        expect(Math.abs(exact - nearest) * 2).toBeLessThanOrEqual(parts);
      }),
    );
  });

  test('of whole units by a fraction and back by its inverse gives them again', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1000 }), fc.integer({ min: 1, max: 1000 }), (units, over) => {
        const product = (factor: string) => aProduct({ unit: 'a', units: [{ unit: 'b', factor }] });
        const { good } = countIn(product(`${over}/1`), { good: units, reject: 0, unit: 'b' });
        expect(countIn(product(`1/${over}`), { good, reject: 0, unit: 'b' }).good).toBe(units);
      }),
    );
  });

  test('by a number is the same as by the fraction that it is', () => {
    fc.assert(
      fc.property(whole, fc.integer({ min: 0, max: 10_000 }), (millionths, good) => {
        const of = (factor: number | string) =>
          countIn(aProduct({ unit: 'a', units: [{ unit: 'b', factor }] }), { good, reject: 0, unit: 'b' }).good;
        expect(of(millionths / 1e6)).toBe(of(`${millionths}/1000000`));
      }),
    );
  });
});

test('counts in another unit keep what was given; without a product a unit means nothing and is refused', () => {
  expect(countIn(pack, { good: 12, reject: 3, unit: 'bottle' })).toEqual({
    good: 2,
    reject: 0.5,
    given_good: 12,
    given_reject: 3,
    given_unit: 'bottle',
  });
  expect(() => countIn(undefined, { good: 12, reject: 0, unit: 'bottle' })).toThrow(/unit/);
});

describe('the quantities of a batch', () => {
  test('in another unit are stored in the product’s own, and what was given beside them', () => {
    expect(batchIn(pack, { good_count: 360, scrap_count: null, unit: 'bottle' }, {})).toEqual({
      good_count: 60,
      given: { good_count: { quantity: 360, unit: 'bottle' } },
    });
  });

  test('that are named again replace what was given of them, and of no other one', () => {
    const given = { planned_quantity: { quantity: 1, unit: 'pallet' }, good_count: { quantity: 360, unit: 'bottle' } };
    expect(batchIn(pack, { good_count: 61 }, given)).toEqual({ given: { planned_quantity: given.planned_quantity } });
    expect(batchIn(pack, { good_count: null, unit: 'bottle' }, given)).toEqual({
      given: { planned_quantity: given.planned_quantity },
    });
  });

  test('in a unit without a product are refused; a unit without a quantity means nothing', () => {
    expect(() => batchIn(undefined, { good_count: 1, unit: 'bottle' }, {})).toThrow(/no product is known/);
    expect(() => batchIn(pack, { good_count: 1, unit: 'kg' }, {})).toThrow(/use pack, bottle, pallet/);
    expect(batchIn(undefined, { unit: 'bottle' }, {})).toEqual({ given: {} });
  });

  test('are converted again from what was given, each in its own unit', () => {
    const given = { planned_quantity: { quantity: 1, unit: 'pallet' }, good_count: { quantity: 360, unit: 'bottle' } };
    expect(batchAgain(pack, { given })).toEqual({ planned_quantity: 480, good_count: 60 });
    const row = aBatch({ planned_quantity: 480, good_count: 30, given });
    expect(corrected(pack, row)).toEqual({ planned_quantity: 480, good_count: 60 });
    expect(corrected(pack, { ...row, good_count: 60 })).toBeUndefined();
  });
});

describe('a corrected factor', () => {
  const twelve = { ...pack, units: [{ unit: 'bottle', factor: '1/12' }] };
  const given = { given_quantity: 12, given_unit: 'bottle', given_unit_cost: 0.5 };

  test('converts again from what was given', () => {
    const scrap = aScrap({ quantity: 2, unit: 'pack', unit_cost: 3, ...given });
    expect(corrected(twelve, scrap)).toEqual({ quantity: 1, unit: 'pack', unit_cost: 6 });
    const count = aCount({ good: 2, reject: 0, given_good: 12, given_reject: 0, given_unit: 'bottle' });
    expect(corrected(twelve, count)).toEqual({ good: 1, reject: 0 });
  });

  test('changes no row that says the same already, and none whose unit is gone', () => {
    expect(corrected(pack, aScrap({ quantity: 2, unit: 'pack', unit_cost: 3, ...given }))).toBeUndefined();
    expect(corrected({ ...pack, units: [] }, aScrap({ quantity: 2, ...given }))).toBeUndefined();
  });

  test('is noticed: other units, another factor or another unit of its own, and nothing else', () => {
    expect(changesUnits(pack, { units: twelve.units })).toBe(true);
    expect(changesUnits(pack, { unit: 'bottle' })).toBe(true);
    expect(changesUnits(pack, { units: [...pack.units], unit: 'pack' })).toBe(false);
    expect(changesUnits(pack, {})).toBe(false);
  });
});

test('a unit is named once, the product’s own included', () => {
  expect(() => checkUnits(pack)).not.toThrow();
  expect(() => checkUnits({ unit: 'bottle', units: pack.units })).toThrow(/bottle is named twice/);
  expect(() => checkUnits({ unit: 'x', units: [...pack.units, ...pack.units] })).toThrow(/bottle is named twice/);
});
