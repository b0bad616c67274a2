import { noFacts } from '@plantops/accounting';
import { expect, test } from '@jest/globals';
import { sizeOf } from './cached-facts.ts';

test('the size of an entry counts the versions of prices, products and rates, not the facts alone', () => {
  const versions = <V>(value: V) => Array.from({ length: 400 }, (_, n) => ({ valid_from: n, value }));
  const empty = sizeOf(noFacts);
  expect(empty).toBeGreaterThan(1);
  const price = { hourly_cost: '1', ideal_cycle_seconds: '2', micro_stop_seconds: 0 };
  expect(sizeOf({ ...noFacts, prices: versions(price as never) }) - empty).toBe(400);
  expect(sizeOf({ ...noFacts, rates: new Map([['a', versions('2')]]) }) - empty).toBe(401);
});
