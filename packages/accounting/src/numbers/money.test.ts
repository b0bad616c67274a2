import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { roundRow, shares, timeLeg, toCents, unitLeg } from '../index.ts';

describe('amounts', () => {
  test('are rounded half away from zero: rows to 4 decimals, totals to the cent', () => {
    expect([roundRow('1.00005'), roundRow('-1.00005'), roundRow('1.00004999')]).toEqual([
      '1.0001',
      '-1.0001',
      '1.0000',
    ]);
    expect([toCents('0.005'), toCents('-0.005'), toCents('0.0049', '0.0001')]).toEqual(['0.01', '-0.01', '0.01']);
    expect([roundRow('-0.00001'), toCents()]).toEqual(['0.0000', '0.00']);
  });

  test('are exact, unlike floating-point numbers', () => {
    expect(roundRow(unitLeg('0.1', '3').plus(unitLeg('0.2', '3')))).toBe('0.9000');
    expect(toCents('12345678901234.1250', '0.0000')).toBe('12345678901234.13');
  });

  test('of time are priced by the hour', () => {
    expect(roundRow(timeLeg(20 * 60_000, '120'))).toBe('40.0000');
    expect(roundRow(timeLeg('1', '3600'))).toBe('0.0010');
  });
});

describe('shares', () => {
  test('add up to exactly 100', () => {
    const amounts = fc.array(fc.integer({ min: 0, max: 1_000_000 }), { minLength: 1 });
    fc.assert(
      fc.property(amounts, fc.constantFrom(0 as const, 2 as const), (parts, decimals) => {
        const result = shares(parts, decimals);
        if (parts.every((part) => part === 0)) expect(result).toEqual(parts.map(() => null));
        else expect(result.reduce<number>((total, part) => total + Math.round((part ?? 0) * 100), 0)).toBe(10_000);
      }),
    );
  });

  test('give the rest to the largest remainder, then to the larger part', () => {
    expect(shares([1, 1, 1], 0)).toEqual([34, 33, 33]);
    expect(shares(['1', '1', '1'], 2)).toEqual([33.34, 33.33, 33.33]);
    // Equal remainders of quotients with different numbers of digits.
    expect(shares(['1', '0.1', '1.9'], 2)).toEqual([33.33, 3.33, 63.34]);
  });

  test('of nothing are undefined', () => {
    expect(shares([0, 0], 0)).toEqual([null, null]);
    expect(shares(['5', '-5'], 2)).toEqual([null, null]);
  });
});
