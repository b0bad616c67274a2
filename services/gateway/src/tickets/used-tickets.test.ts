import { expect, test } from '@jest/globals';
import { UsedTickets } from './used-tickets.ts';

const fill = (used: UsedTickets, tenant: string, count: number, now = 0) => {
  for (let n = 0; n < count; n++) used.use(tenant, `${tenant} ${n}`, now);
};

test('a ticket is used once, as long as it could be valid; after that it takes no memory', () => {
  const used = new UsedTickets(1_000);
  expect([used.use('akron', 'a', 0), used.use('akron', 'a', 999)]).toEqual([true, false]);
  used.use('akron', 'b', 1_000);
  expect(used.size).toBe(1);
});

test('a tenant beyond its limit is refused; no used ticket is forgotten for that, and another tenant has its own limit', () => {
  const used = new UsedTickets(1_000);
  fill(used, 'akron', 500);
  expect(() => used.use('akron', 'one more', 1)).toThrow(expect.objectContaining({ code: 'too_many_requests' }));
  expect(used.use('akron', 'akron 0', 1)).toBe(false);
  expect(used.use('globex', 'a', 1)).toBe(true);
  expect(used.use('akron', 'later', 1_000)).toBe(true);
});

test('all tenants together are limited too: nobody’s used ticket is forgotten early', () => {
  const used = new UsedTickets(1_000);
  for (let n = 0; n < 20; n++) fill(used, `tenant-${n}`, 500);
  expect(() => used.use('globex', 'a', 1)).toThrow(expect.objectContaining({ code: 'service_unavailable' }));
  expect(used.size).toBe(10_000);
});
