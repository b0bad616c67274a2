import { afterAll, beforeAll, expect, test } from '@jest/globals';
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

const WITHIN_MS = 900;
/**
 * The responses to more guesses than an address has in a second, and to one request of another address in the same
 * second.
 */
const guesses = async (gateway: Gateway): Promise<{ guesser: number[]; other: number }> => {
  for (;;) {
    const began = performance.now();
    const answers = await guessOnce(gateway);
    // On a busy machine the second could be over before.
    if (performance.now() - began < WITHIN_MS) return answers;
  }
};
const guessOnce = async (gateway: Gateway): Promise<{ guesser: number[]; other: number }> => {
  const guess = async (address: string) =>
    (
      await gateway.send('/lines', {
        claims: null,
        headers: { authorization: 'Bearer no.such.token', 'x-forwarded-for': address },
      })
    ).status;
  const guesser = await Promise.all(Array.from({ length: 110 }, () => guess('203.0.113.1')));
  return { guesser, other: await guess('203.0.113.2') };
};

test('behind a trusted proxy, wrong tokens use up the limit of the sender’s own address only', async () => {
  const { guesser, other } = await guesses(gateways.behindProxy);
  expect(guesser).toContain(429);
  expect(other).toBe(401);
});

test('without a trusted proxy, X-Forwarded-For does not give anyone more guesses', async () => {
  const { guesser, other } = await guesses(gateways.alone);
  expect(guesser).toContain(429);
  expect(other).toBe(429);
});
