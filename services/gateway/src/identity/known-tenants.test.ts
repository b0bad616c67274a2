import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import { createLogger } from '@plantops/service-kit';
import { KnownTenants } from './known-tenants.ts';

const logger = createLogger('gateway', 'silent');
/** What NATS answers; undefined: nothing. */
let streams: string[] | undefined;
let asked = 0;
let tenants: KnownTenants;
let clock: { mockReturnValue: (ms: number) => void };
beforeEach(() => {
  asked = 0;
  streams = ['akron'];
  const list = async () => {
    asked += 1;
    if (streams === undefined) throw new Error('no answer');
    return streams;
  };
  tenants = new KnownTenants(list, logger);
  clock = jest.spyOn(performance, 'now').mockReturnValue(0);
});
afterEach(() => void jest.restoreAllMocks());

test('a tenant of the plant is there for sure; another one is refused, with the command that adds it', async () => {
  expect(await tenants.require('akron')).toBe(true);
  await expect(tenants.require('nosuch')).rejects.toMatchObject({
    code: 'unknown_tenant',
    message: 'this plant has no tenant nosuch: add it with `pnpm run tenant add nosuch`',
  });
});

test('unknown tenants make it ask once a second, all together; a known one never does', async () => {
  await Promise.allSettled(Array.from({ length: 100 }, (_, n) => tenants.require(`ghost-${n}`)));
  await Promise.allSettled(Array.from({ length: 100 }, (_, n) => tenants.require(`ghost-${n}`)));
  expect(asked).toBe(1);
  clock.mockReturnValue(1_001);
  await tenants.require('akron');
  expect(asked).toBe(1);
  await Promise.allSettled(Array.from({ length: 100 }, (_, n) => tenants.require(`ghost-${n}`)));
  expect(asked).toBe(2);
});

test('a tenant that was added is known a second later', async () => {
  await expect(tenants.require('initech')).rejects.toMatchObject({ code: 'unknown_tenant' });
  streams = ['akron', 'initech'];
  clock.mockReturnValue(1_001);
  expect(await tenants.require('initech')).toBe(true);
});

test('while NATS does not answer, known tenants are accepted and others get service_unavailable', async () => {
  await tenants.require('akron');
  streams = undefined;
  clock.mockReturnValue(1_001);
  expect(await tenants.require('akron')).toBe(true);
  await expect(tenants.require('initech')).rejects.toMatchObject({ code: 'service_unavailable' });
});

test('while NATS has never answered, all tenants are accepted, but not for sure', async () => {
  streams = undefined;
  expect(await tenants.require('akron')).toBe(false);
  streams = ['akron'];
  clock.mockReturnValue(1_001);
  expect(await tenants.require('akron')).toBe(true);
});
