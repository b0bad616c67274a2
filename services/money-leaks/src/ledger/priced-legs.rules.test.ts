import { expect, test } from '@jest/globals';
import { pricedLegs } from './priced-legs.rules.ts';

test('an amount is quantity × unit_cost + minutes ÷ 60 × hourly_cost; each leg may stand alone', () => {
  const [units, time] = [
    { quantity: 3, unit_cost: 2.5 },
    { time_minutes: 20, hourly_cost: 300 },
  ];
  expect(
    [pricedLegs({ ...units, ...time }), pricedLegs(units), pricedLegs(time)].map(({ amount }) => Number(amount)),
  ).toEqual([107.5, 7.5, 100]);
  expect(pricedLegs(time)).toMatchObject({ quantity: null, unit_cost: null, time_ms: '1200000', hourly_cost: '300' });
});

test('half a leg, or none, is refused with the field that is missing', () => {
  expect(() => pricedLegs({ quantity: 3 })).toThrow('quantity and unit_cost go together');
  expect(() => pricedLegs({ hourly_cost: 3 })).toThrow('time_minutes and hourly_cost go together');
  expect(() => pricedLegs({})).toThrow('send quantity with unit_cost, time_minutes with hourly_cost, or both');
});
