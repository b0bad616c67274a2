import { describe, expect, test } from '@jest/globals';
import { isNetwork, networks, refusal } from './addresses.ts';

const platform = [{ address: '10.0.0.5', port: 4222 }];
const rules = { allowed: networks([]), platform };

describe('a connection', () => {
  test.each([
    '127.0.0.1',
    '127.255.0.1',
    '::1',
    '::',
    '0.0.0.0',
    '169.254.169.254',
    'fe80::1',
    'fe80::1%eth0',
    '224.0.0.1',
    'ff02::1',
    '::ffff:127.0.0.1',
    '::ffff:169.254.169.254',
    '::ffff:7f00:1',
    '0:0:0:0:0:ffff:a9fe:a9fe',
  ])('may not lead to %s', (address) => {
    expect(refusal(address, 1883, rules)).toMatch(/not an address of a plant/);
  });

  test.each(['10.0.0.5', '192.168.1.20', '172.16.0.9', '203.0.113.7', '2001:db8::1', 'fd00::1'])(
    'may lead to %s',
    (address) => {
      expect(refusal(address, 1883, rules)).toBeUndefined();
    },
  );

  test('may lead to what is allowed, but never to the platform itself', () => {
    const own = { allowed: networks(['127.0.0.0/8', '::1']), platform: [{ address: '127.0.0.1', port: 5432 }] };
    expect(refusal('127.0.0.1', 1883, own)).toBeUndefined();
    expect(refusal('::1', 1883, own)).toBeUndefined();
    expect(refusal('127.0.0.1', 5432, own)).toMatch(/the platform itself/);
    expect(refusal('::ffff:127.0.0.1', 5432, own)).toMatch(/the platform itself/);
    expect(refusal('::ffff:7f00:1', 5432, own)).toMatch(/the platform itself/);
    expect(refusal('0:0:0:0:0:ffff:7f00:1', 5432, own)).toMatch(/the platform itself/);
    expect(refusal('10.0.0.5', 4222, rules)).toMatch(/the platform itself/);
  });
});

test.each([
  ['127.0.0.1', true],
  ['10.0.0.0/8', true],
  ['::1', true],
  ['fd00::/8', true],
  ['localhost', false],
  ['10.0.0.0/33', false],
  ['', false],
])('%p is a network: %s', (text, expected) => {
  expect(isNetwork(text)).toBe(expected);
});
