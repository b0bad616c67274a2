import { expect, test } from '@jest/globals';
import { readConfig } from './config.ts';

const SECRET = 'a-secret-for-tests-only-0123456789';
const complete = {
  PLANTOPS_NATS_URL: 'nats://gateway:x@localhost:4222',
  PLANTOPS_DATABASE_URL: 'postgres://gateway:x@localhost:5432/gateway',
  PLANTOPS_JWT_SECRET: SECRET,
};

test('a gateway that nobody could sign in to does not start: it needs a secret or the keys of an identity provider', () => {
  const { PLANTOPS_JWT_SECRET: _secret, ...without } = complete;
  expect(() => readConfig(without)).toThrow(/PLANTOPS_JWT_SECRET: is not set, and neither is PLANTOPS_JWKS_URL/);
  expect(readConfig(complete).PLANTOPS_JWT_SECRET).toBe(SECRET);
  expect(readConfig({ ...without, PLANTOPS_JWKS_URL: 'https://id.example.com/keys' })).toBeDefined();
});

test.each(['a'.repeat(32), 'password'.repeat(4).slice(0, 20), 'abcabc'.repeat(8)])(
  'the secret %j is refused: it could be guessed',
  (secret) => {
    expect(() => readConfig({ ...complete, PLANTOPS_JWT_SECRET: secret })).toThrow(/PLANTOPS_JWT_SECRET: must be/);
  },
);

test.each(['file:///etc/keys', 'javascript:alert(1)', 'keys', 'ftp://id.example.com/keys'])(
  'the key set %j is refused: keys are asked for over HTTP',
  (url) => {
    expect(() => readConfig({ ...complete, PLANTOPS_JWKS_URL: url })).toThrow(
      'PLANTOPS_JWKS_URL: must be the URL of a JSON Web Key Set: https://…',
    );
  },
);

const originsOf = (text: string) => readConfig({ ...complete, PLANTOPS_CORS_ORIGINS: text }).PLANTOPS_CORS_ORIGINS;

test.each([
  '*',
  'null',
  '',
  'app.example.com',
  'https://app.example.com/',
  'https://*.example.com',
  'file:///x',
  'https://a.io,,https://b.io',
])('the origins %j are refused: only the pages of exact origins may call the API', (text) => {
  expect(() => originsOf(text)).toThrow('PLANTOPS_CORS_ORIGINS: must be at most 20 origins');
});

test('origins are a list, and none unless they are set', () => {
  expect(originsOf('https://app.example.com, http://localhost:3000')).toEqual([
    'https://app.example.com',
    'http://localhost:3000',
  ]);
  expect(readConfig(complete).PLANTOPS_CORS_ORIGINS).toBeUndefined();
});

const proxiesOf = (text: string) =>
  readConfig({ ...complete, PLANTOPS_TRUSTED_PROXIES: text }).PLANTOPS_TRUSTED_PROXIES;

test.each(['abc', '1.5', '-1', '999', '', '0.0.0.0/0', '::/0', '10.0.0.0/33', '10.0.0.0/8/8', '10.0.0', '10.0.0.1,,x'])(
  'the trusted proxies %j are refused: with them any client could choose its address',
  (text) => {
    expect(() => proxiesOf(text)).toThrow('PLANTOPS_TRUSTED_PROXIES: must be the number of proxies, at most 10');
  },
);

test('trusted proxies are a number, or addresses and networks', () => {
  expect(proxiesOf('2')).toBe(2);
  expect(proxiesOf('10.0.0.1, 10.1.0.0/16 fd00::/8,loopback')).toEqual([
    '10.0.0.1',
    '10.1.0.0/16',
    'fd00::/8',
    'loopback',
  ]);
});
