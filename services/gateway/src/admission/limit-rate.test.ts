import { expect, test } from '@jest/globals';
import { waitFor } from '@plantops/testing';
import { rateLimits } from './limit-rate.ts';

const refused = async (ask: () => Promise<void>, times: number) => {
  const outcomes = await Promise.allSettled(Array.from({ length: times }, ask));
  return outcomes.filter((outcome) => outcome.status === 'rejected');
};

test('an address without a token has 100 requests a second, a tenant 600, counted separately', async () => {
  const { address, tenant } = rateLimits(true, async () => {});
  expect(await refused(() => address('10.0.0.1'), 100)).toEqual([]);
  expect(await refused(() => address('10.0.0.1'), 1)).toMatchObject([{ reason: { code: 'too_many_requests' } }]);
  expect(await refused(() => address('10.0.0.2'), 100)).toEqual([]);
  expect(await refused(() => tenant('akron'), 601)).toHaveLength(1);
  expect(await refused(() => tenant('globex'), 600)).toEqual([]);
});

test('a refused address waits for its answer, while not more than 512 wait; a refused tenant does not wait', async () => {
  const pause = Promise.withResolvers<void>();
  const { address, tenant } = rateLimits(true, () => pause.promise);
  await refused(() => address('10.0.0.1'), 100);
  let answered = 0;
  const all = Array.from({ length: 600 }, () => address('10.0.0.1').catch(() => (answered += 1)));
  expect(await refused(() => tenant('akron'), 601)).toHaveLength(1);
  await waitFor('the refusals beyond 512', () => answered >= 600 - 512);
  expect(answered).toBe(600 - 512);
  pause.resolve();
  await Promise.all(all);
  expect(answered).toBe(600);
});

test('switched off, no request is limited', async () => {
  const { address, tenant } = rateLimits(false);
  expect(await refused(() => address('10.0.0.1'), 1_000)).toEqual([]);
  expect(await refused(() => tenant('akron'), 1_000)).toEqual([]);
});
