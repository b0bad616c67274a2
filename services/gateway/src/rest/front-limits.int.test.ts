/** The limit of an address holds in front of everything that the gateway answers. */
import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { waitFor } from '@plantops/testing';
import { Gateway, tokenOf } from '../gateway-fixture.ts';

let gateway: Gateway;
beforeAll(async () => {
  gateway = await Gateway.start([], { PLANTOPS_RATE_LIMIT: 'on', PLANTOPS_TRUSTED_PROXIES: '1' });
});
afterAll(() => gateway.close());

const API = '/api/v1/plant-ops';
type Sent = { method?: string; token?: string };
/** The status of one answer. The path is sent as it is. */
const ask = (address: string, path: string, { method = 'GET', token }: Sent = {}): Promise<number> =>
  new Promise((resolve, reject) => {
    const headers = {
      'x-forwarded-for': address,
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    };
    const { hostname, port } = new URL(gateway.url);
    request({ hostname, port, path, method, headers }, (response) => {
      response.resume().once('end', () => resolve(response.statusCode ?? 0));
    })
      .once('error', reject)
      .end();
  });
/** More requests than an address has in a second. */
const tooMany = (address: string, path: string, sent: Sent = {}) =>
  Promise.all(Array.from({ length: 110 }, () => ask(address, path, sent)));

describe('an address without a valid token has a limit', () => {
  test.each([
    ['at a path that is not there', '203.0.113.1', '/nothing', {}, 404],
    ['at a path of the API that is not there', '203.0.113.2', `${API}/nothing`, { token: 'a.wrong.token' }, 404],
    ['at a path that cannot be read', '203.0.113.3', `${API}/lines/%ZZ`, {}, 404],
    ['with a method that is not offered', '203.0.113.4', `${API}/lines`, { method: 'PATCH' }, 405],
    ['at its health', '203.0.113.5', '/healthz', {}, 200],
    ['at its readiness', '203.0.113.6', '/readyz', {}, 200],
    ['at the documents', '203.0.113.7', '/docs', {}, 200],
    ['at the live stream', '203.0.113.8', `${API}/stream`, {}, 401],
    ['at a route', '203.0.113.9', `${API}/lines`, {}, 401],
  ] as const)('%s', async (_what, address, path, sent, status) => {
    // On a busy machine the second may be over before the requests are.
    const refused = async () => {
      const statuses = await tooMany(address, path, sent);
      expect(new Set([...statuses, status, 429])).toEqual(new Set([status, 429]));
      return statuses.includes(429);
    };
    await waitFor('a refusal', refused, 20_000);
    expect(await ask('203.0.113.200', path, sent)).toBe(status);
  });
});

test('a known caller is not refused for what others send from its address', async () => {
  const token = await tokenOf();
  // Its first request makes it known. No service answers.
  expect(await ask('203.0.113.100', `${API}/lines`, { token })).toBe(503);
  const refused = async () => (await tooMany('203.0.113.100', '/nothing')).includes(429);
  await waitFor('the address to be refused', refused, 20_000);
  const others = tooMany('203.0.113.100', '/nothing');
  expect(await ask('203.0.113.100', `${API}/nothing`, { token })).toBe(404);
  await others;
});
