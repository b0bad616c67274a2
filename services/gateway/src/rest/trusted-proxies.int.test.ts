import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { waitFor } from '@plantops/testing';
import { Gateway } from '../gateway-fixture.ts';

let gateways: { alone: Gateway; behindProxy: Gateway };
beforeAll(async () => {
  const [alone, behindProxy] = [
    await Gateway.start([], { PLANTOPS_RATE_LIMIT: 'on' }),
    await Gateway.start([], { PLANTOPS_RATE_LIMIT: 'on', PLANTOPS_TRUSTED_PROXIES: '1' }),
  ];
  gateways = { alone, behindProxy };
}, 60_000);
afterAll(async () => {
  await gateways.alone.close();
  await gateways.behindProxy.close();
});

/** The answers to more guesses than an address has in a second, and to one request of another address beside them. */
async function guesses(gateway: Gateway): Promise<{ guesser: number[]; other: number }> {
  const guess = async (address: string) =>
    (
      await gateway.send('/lines', {
        claims: null,
        headers: { authorization: 'Bearer no.such.token', 'x-forwarded-for': address },
      })
    ).status;
  let answered = 0;
  const guessing = Array.from({ length: 110 }, () => guess('203.0.113.1').finally(() => (answered += 1)));
  // The refused ones wait for a second.
  await waitFor('the first guesses', () => answered >= 90);
  const other = await guess('203.0.113.2');
  return { guesser: await Promise.all(guessing), other };
}

test('behind a trusted proxy, wrong tokens use up the limit of the sender’s own address only', async () => {
  const { guesser, other } = await guesses(gateways.behindProxy);
  expect(guesser).toContain(429);
  expect(other).toBe(401);
});

test('without a trusted proxy, X-Forwarded-For does not give anyone more guesses', async () => {
  // On a busy machine the second may be over before the other one asks.
  const bothRefused = async () => {
    const { guesser, other } = await guesses(gateways.alone);
    return guesser.includes(429) && other === 429;
  };
  await waitFor('both to be refused', bothRefused, 20_000);
});
