import { expect, test } from '@jest/globals';
import { reservedBytes } from '@plantops/service-kit';
import { storeBytesFor } from './nats-conf.ts';

const GIB = 1024 ** 3;
const tenants = (count: number) => Array.from({ length: count }, (_, n) => `tenant-${n}`);

test('the broker may keep what the streams of all tenants reserve, however many there are', () => {
  for (const count of [0, 1, 21, 22, 47, 48, 500])
    expect(storeBytesFor(tenants(count))).toBeGreaterThanOrEqual(reservedBytes(tenants(count)));
});

test('its size changes in steps: a server that runs takes a new tenant, but no other size', () => {
  expect([0, 2, 21].map((count) => storeBytesFor(tenants(count)) / GIB)).toEqual([10, 10, 10]);
  expect([22, 47].map((count) => storeBytesFor(tenants(count)) / GIB)).toEqual([20, 20]);
});
