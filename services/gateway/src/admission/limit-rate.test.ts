import { expect, test } from '@jest/globals';
import { rateLimits } from './limit-rate.ts';

const refused = async (ask: () => Promise<void>, times: number) => {
  const outcomes = await Promise.allSettled(Array.from({ length: times }, ask));
  return outcomes.filter((outcome) => outcome.status === 'rejected');
};

test('an address without a token has 100 requests a second, a tenant 600, counted separately', async () => {
  const { address, tenant } = rateLimits(true);
  expect(await refused(() => address('10.0.0.1'), 100)).toEqual([]);
  expect(await refused(() => address('10.0.0.1'), 1)).toMatchObject([{ reason: { code: 'too_many_requests' } }]);
  expect(await refused(() => address('10.0.0.2'), 100)).toEqual([]);
  expect(await refused(() => tenant('akron'), 601)).toHaveLength(1);
  expect(await refused(() => tenant('globex'), 600)).toEqual([]);
});

test('switched off, no request is limited', async () => {
  const { address, tenant } = rateLimits(false);
  expect(await refused(() => address('10.0.0.1'), 1_000)).toEqual([]);
  expect(await refused(() => tenant('akron'), 1_000)).toEqual([]);
});
