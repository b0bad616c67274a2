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

test('an address that has reached its limit is refused before a check; to look does not count', async () => {
  const { address, stranger } = rateLimits(true, async () => {});
  expect(await refused(() => stranger('10.0.0.1'), 500)).toEqual([]);
  expect(await refused(() => address('10.0.0.1'), 100)).toEqual([]);
  expect(await refused(() => stranger('10.0.0.1'), 1)).toMatchObject([{ reason: { code: 'too_many_requests' } }]);
  expect(await refused(() => stranger('10.0.0.2'), 1)).toEqual([]);
});

test('an address has 20 keys a second looked up', async () => {
  const { keyLookup } = rateLimits(true, async () => {});
  expect(await refused(() => keyLookup('10.0.0.1'), 20)).toEqual([]);
  expect(await refused(() => keyLookup('10.0.0.1'), 1)).toMatchObject([{ reason: { code: 'too_many_requests' } }]);
  expect(await refused(() => keyLookup('10.0.0.2'), 20)).toEqual([]);
});

test('refused requests wait for their answer, 256 of an address and 1,024 in all; a refused tenant does not wait', async () => {
  const pause = Promise.withResolvers<void>();
  const { address, tenant } = rateLimits(true, () => pause.promise);
  const answered = new Map<string, number>();
  /** Sends requests beyond the limit, of which so many are answered at once. */
  const beyond = async (from: string, times: number, atOnce: number) => {
    await refused(() => address(from), 100);
    const count = () => void answered.set(from, (answered.get(from) ?? 0) + 1);
    const all = Array.from({ length: times }, () => address(from).catch(count));
    await waitFor('the refusals that do not wait', () => (answered.get(from) ?? 0) >= atOnce);
    await new Promise((turn) => setImmediate(turn));
    expect(answered.get(from) ?? 0).toBe(atOnce);
    return all;
  };
  const held = [await beyond('10.0.0.1', 300, 300 - 256)];
  for (const n of [2, 3, 4]) held.push(await beyond(`10.0.0.${n}`, 256, 0));
  held.push(await beyond('10.0.0.5', 10, 10));
  expect(await refused(() => tenant('akron'), 601)).toHaveLength(1);
  pause.resolve();
  await Promise.all(held.flat());
  expect([1, 2, 3, 4, 5].map((n) => answered.get(`10.0.0.${n}`))).toEqual([300, 256, 256, 256, 10]);
});

test('switched off, no request is limited', async () => {
  const { address, tenant } = rateLimits(false);
  expect(await refused(() => address('10.0.0.1'), 1_000)).toEqual([]);
  expect(await refused(() => tenant('akron'), 1_000)).toEqual([]);
});
