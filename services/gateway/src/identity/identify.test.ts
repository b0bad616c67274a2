import { expect, test } from '@jest/globals';
import { Problem } from '@plantops/contracts';
import type { Request } from 'express';
import type { Authenticate } from './authenticate.ts';
import { identify } from './identify.ts';

/** What is counted for requests of these callers; null is a caller without a valid token. */
const countedFor = async (...actors: (string | null)[]) => {
  const counted: string[] = [];
  const limitRate = {
    tenant: async (tenant: string) => void counted.push(`tenant ${tenant}`),
    address: async (address: string) => void counted.push(`address ${address}`),
    stranger: async () => {},
  };
  for (const actor of actors) {
    const authenticate: Authenticate = async () => {
      if (actor === null) throw new Problem('unauthenticated', 'send a token');
      return { tenant: 'akron', actor, roles: ['viewer'] };
    };
    await identify({ ip: '203.0.113.1' } as Request, { authenticate, limitRate }).catch(() => undefined);
  }
  return counted;
};

test('all people and keys of a tenant share one limit', async () => {
  expect(await countedFor('ada', 'api-key:7')).toEqual(['tenant akron', 'tenant akron']);
});

test('a caller without a valid token is limited by address', async () => {
  expect(await countedFor(null)).toEqual(['address 203.0.113.1']);
});
