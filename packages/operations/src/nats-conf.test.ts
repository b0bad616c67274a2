import { expect, test } from '@jest/globals';
import { reservedBytes } from '@plantops/service-kit';
import { storeBytesFor } from './nats-conf.ts';

const GIB = 1024 ** 3;
const tenants = (count: number) => Array.from({ length: count }, (_, n) => `tenant-${n}`);

test('the broker’s store is large enough for what the streams of all tenants reserve', () => {
  for (const count of [0, 1, 21, 22, 47, 48, 500])
    expect(storeBytesFor(tenants(count))).toBeGreaterThanOrEqual(reservedBytes(tenants(count)));
});

test('the size of the store grows in steps, because a running server accepts a new tenant but no other size', () => {
  expect([0, 2, 21].map((count) => storeBytesFor(tenants(count)) / GIB)).toEqual([10, 10, 10]);
  expect([22, 44].map((count) => storeBytesFor(tenants(count)) / GIB)).toEqual([20, 20]);
});
