import { expect, test } from '@jest/globals';
import { Problem } from '@plantops/contracts';
import type { Request, Response } from 'express';
import { rateLimits } from '../admission/limit-rate.ts';
import type { Claimed } from './authenticate.ts';
import type { Caller } from './caller.ts';
import { callerOf, identifyCallers } from './identify.ts';

const caller = (actor: string): Caller => ({ tenant: 'akron', actor, roles: ['viewer'] });
const known = (actor: string): Claimed => ({ known: caller(actor) });
const wrong: Claimed = { check: () => Promise.reject(new Problem('unauthenticated', 'send a token')) };
const right: Claimed = { check: async () => caller('ada') };
const ofAbsentTenant: Claimed = { check: () => Promise.reject(new Problem('unknown_tenant', 'no tenant akron')) };
const away: Claimed = { check: () => Promise.reject(new Problem('service_unavailable', 'no keys')) };

/** The response of a request with these claims, after it was identified. Rejects if it was refused. */
const passed = async (claimed: Claimed, limitRate: ReturnType<typeof rateLimits>, ip = '203.0.113.1') => {
  const response = { locals: {} } as Response;
  await identifyCallers({ authenticate: () => claimed, limitRate })({ ip } as Request, response, () => {});
  return response;
};

/** What is counted for requests with these claims. */
const countedFor = async (claims: readonly Claimed[], ip?: string) => {
  const counted: string[] = [];
  const limitRate = {
    tenant: async (tenant: string) => void counted.push(`tenant ${tenant}`),
    address: async (address: string) => void counted.push(`address ${address}`),
    stranger: async () => {},
    keyLookup: async () => {},
  };
  for (const claimed of claims) await passed(claimed, limitRate, ip);
  return counted;
};

test('all people and keys of a tenant share one limit', async () => {
  expect(await countedFor([known('ada'), known('api-key:7'), right])).toEqual([
    'tenant akron',
    'tenant akron',
    'tenant akron',
  ]);
});

test('a caller without a valid token, or of a tenant that is not there, is limited by address', async () => {
  expect(await countedFor([wrong, ofAbsentTenant])).toEqual(['address 203.0.113.1', 'address 203.0.113.1']);
});

test('a caller that cannot be checked now is not counted as a stranger', async () => {
  expect(await countedFor([away])).toEqual([]);
});

test('the addresses of one IPv6 network share one limit', async () => {
  expect(await countedFor([wrong], '2001:db8::1')).toEqual(await countedFor([wrong], '2001:db8::2'));
});

test('what answers without a caller is reached without one; what needs a caller says why there is none', async () => {
  const response = await passed(wrong, rateLimits(false));
  expect(() => callerOf(response)).toThrow('send a token');
  expect(callerOf(await passed(right, rateLimits(false)))).toEqual(caller('ada'));
});

test('a known key that must be checked again is counted for its tenant, and refused if the check fails', async () => {
  const revoked: Claimed = { ...wrong, known: caller('api-key:7') };
  expect(await countedFor([revoked])).toEqual(['tenant akron']);
  const response = await passed(revoked, rateLimits(false));
  expect(() => callerOf(response)).toThrow('send a token');
});

test('an address beyond its limit is refused before anything is checked for it; a known caller is not', async () => {
  const limitRate = rateLimits(true, async () => {});
  await Promise.allSettled(Array.from({ length: 101 }, () => passed(wrong, limitRate)));
  let checks = 0;
  const counting: Claimed = {
    check: async () => {
      checks += 1;
      return caller('ada');
    },
  };
  await expect(passed(counting, limitRate)).rejects.toMatchObject({ code: 'too_many_requests' });
  expect(checks).toBe(0);
  expect(callerOf(await passed(known('ada'), limitRate))).toEqual(caller('ada'));
});

test('many requests at once with a new token are not taken for those of a stranger', async () => {
  const limitRate = rateLimits(true, async () => {});
  const all = await Promise.all(Array.from({ length: 300 }, () => passed(right, limitRate)));
  expect(all.map(callerOf)).toHaveLength(300);
});

test('of checks that are not finished an address has its share; another address and a known caller do not wait for them', async () => {
  const limitRate = rateLimits(false);
  const finish = Promise.withResolvers<Caller>();
  const identifying = identifyCallers({
    authenticate: (request) => (request as unknown as { claimed: Claimed }).claimed,
    limitRate,
  });
  const ask = async (claimed: Claimed, ip: string) => {
    const response = { locals: {} } as Response;
    await identifying({ ip, claimed } as unknown as Request, response, () => {});
    return callerOf(response);
  };
  const slow: Claimed = {
    check: async (enter = () => () => {}) => {
      const leave = enter();
      return finish.promise.finally(leave);
    },
  };
  const waiting = Array.from({ length: 64 }, () => ask(slow, '203.0.113.1'));
  await expect(ask(slow, '203.0.113.1')).rejects.toMatchObject({ code: 'too_many_requests' });
  const other = ask(slow, '203.0.113.2');
  expect(await ask(known('ada'), '203.0.113.1')).toEqual(caller('ada'));
  finish.resolve(caller('bob'));
  expect(await Promise.all([...waiting, other])).toHaveLength(65);
  expect(await ask(slow, '203.0.113.1')).toEqual(caller('bob'));
});
