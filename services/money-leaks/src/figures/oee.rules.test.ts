import { expect, test } from '@jest/globals';
import { noTerms } from '@plantops/accounting';
import { oeeOf, rounded } from './oee.rules.ts';

test('figures are rounded to 6 decimals, and undefined ones stay null', () => {
  expect([rounded(1 / 3), rounded(null)]).toEqual([0.333333, null]);
});

test('availability is production time over busy time; without busy time there is no figure, not 0', () => {
  expect(oeeOf({ ...noTerms, pbt_ms: 420 * 60_000, apt_ms: 373 * 60_000 })).toMatchObject({
    availability: 0.888095,
    terms: { pbt_minutes: 420 },
  });
  expect(oeeOf(noTerms)).toMatchObject({ availability: null, performance: null, quality: null, oee: null });
});
