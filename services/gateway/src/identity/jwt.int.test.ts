import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { listLines } from '@plantops/contracts';
import { answer } from '@plantops/service-kit';
import { exportJWK, generateKeyPair, SignJWT, type CryptoKey, type JWK } from 'jose';
import { Gateway } from '../gateway-fixture.ts';

/** An identity provider with one public key. It can be unreachable. */
let provider: Server;
let away = false;
let gateway: Gateway;
const keys: Record<string, CryptoKey> = {};
beforeAll(async () => {
  const published: JWK[] = [];
  for (const [kid, alg] of [
    ['ed', 'EdDSA'],
    ['rs', 'RS256'],
  ] as const) {
    const { publicKey, privateKey } = await generateKeyPair(alg, { extractable: true });
    keys[kid] = privateKey;
    published.push({ ...(await exportJWK(publicKey)), kid, alg, use: 'sig' });
  }
  keys['stranger'] = (await generateKeyPair('EdDSA')).privateKey;
  provider = createServer((_request, response) => {
    response.statusCode = away ? 503 : 200;
    response.end(JSON.stringify({ keys: published }));
  });
  await new Promise<void>((resolve) => provider.listen(0, '127.0.0.1', resolve));
  const { port } = provider.address() as AddressInfo;
  const lines = answer(listLines, async () => ({ items: [], next_cursor: null, total: 0, total_is_capped: false }));
  gateway = await Gateway.start([{ service: 'production', answers: [lines] }], {
    PLANTOPS_JWKS_URL: `http://127.0.0.1:${port}/keys`,
  });
});
afterAll(async () => {
  await gateway.close();
  provider.closeAllConnections();
  provider.close();
});

const signed = (alg: string, kid: string, key: CryptoKey | Uint8Array, claims: object = {}, expires = '1h') =>
  new SignJWT({ tenant_id: 'akron', roles: ['viewer'], ...claims })
    .setProtectedHeader({ alg, kid })
    .setSubject('ada')
    .setIssuer('plantops')
    .setAudience('plantops-api')
    .setExpirationTime(expires)
    .sign(key);
const statusOf = async (token: string) =>
  (await gateway.send('/lines', { claims: null, headers: { authorization: `Bearer ${token}` } })).status;

describe('a token of the identity provider', () => {
  test('is refused with 503, not 401, while the provider’s keys cannot be fetched', async () => {
    away = true;
    expect(await statusOf(await signed('EdDSA', 'ed', keys['ed'] as CryptoKey))).toBe(503);
    away = false;
  });

  test('is accepted by the provider’s public key, beside tokens of the shared secret', async () => {
    expect(await statusOf(await signed('EdDSA', 'ed', keys['ed'] as CryptoKey))).toBe(200);
    expect(await statusOf(await signed('RS256', 'rs', keys['rs'] as CryptoKey, { roles: ['admin'] }))).toBe(200);
    expect((await gateway.send('/lines')).status).toBe(200);
  });

  test('keeps working while the provider is unreachable', async () => {
    away = true;
    expect(await statusOf(await signed('EdDSA', 'ed', keys['ed'] as CryptoKey, { sub: 'bob' }))).toBe(200);
    away = false;
  });

  test('may be valid for a day: one that expires later is refused', async () => {
    const statusOfOneFor = async (expires: string) =>
      statusOf(await signed('EdDSA', 'ed', keys['ed'] as CryptoKey, {}, expires));
    expect([await statusOfOneFor('24h'), await statusOfOneFor('25h')]).toEqual([200, 401]);
  });

  test('signed by an unknown key under a published key id is refused', async () => {
    expect(await statusOf(await signed('EdDSA', 'ed', keys['stranger'] as CryptoKey))).toBe(401);
  });

  test('signed with the public key as if it were the shared secret is refused', async () => {
    const { keys: published } = (await (
      await fetch(`http://127.0.0.1:${(provider.address() as AddressInfo).port}/keys`)
    ).json()) as {
      keys: object[];
    };
    expect(await statusOf(await signed('HS256', 'rs', new TextEncoder().encode(JSON.stringify(published[1]))))).toBe(
      401,
    );
  });
});
