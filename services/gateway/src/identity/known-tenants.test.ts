import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import { createLogger } from '@plantops/service-kit';
import { waitFor } from '@plantops/testing';
import { KnownTenants } from './known-tenants.ts';

const logger = createLogger('gateway', 'silent');
/** What NATS answers; undefined: nothing. */
let streams: string[] | undefined;
let asked = 0;
let tenants: KnownTenants;
/** How long it waited before it asked. */
let pauses: number[];
beforeEach(() => {
  asked = 0;
  pauses = [];
  streams = ['akron'];
  const list = async () => {
    asked += 1;
    if (streams === undefined) throw new Error('no answer');
    return streams;
  };
  const clock = jest.spyOn(performance, 'now').mockReturnValue(0);
  const pause = async (ms: number) => {
    await new Promise((turn) => setImmediate(turn));
    pauses.push(ms);
    clock.mockReturnValue(performance.now() + ms);
  };
  tenants = new KnownTenants(list, logger, pause);
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
  const ghosts = () => Promise.allSettled(Array.from({ length: 100 }, (_, n) => tenants.require(`ghost-${n}`)));
  await ghosts();
  await tenants.require('akron');
  await ghosts();
  expect([asked, pauses]).toEqual([2, [0, 1_000]]);
});

test('a tenant that was added is accepted at once, also a moment after another question, or during one', async () => {
  await tenants.require('akron');
  streams = ['akron', 'initech'];
  expect(await tenants.require('initech')).toBe(true);
  const refused = expect(tenants.require('hooli')).rejects.toMatchObject({ code: 'unknown_tenant' });
  await waitFor('the question', () => asked === 3);
  streams = ['akron', 'initech', 'hooli'];
  expect(await tenants.require('hooli')).toBe(true);
  await refused;
});

test('while NATS does not answer, known tenants are accepted and others get service_unavailable', async () => {
  await tenants.require('akron');
  streams = undefined;
  expect(await tenants.require('akron')).toBe(true);
  await expect(tenants.require('initech')).rejects.toMatchObject({ code: 'service_unavailable' });
});

test('while NATS has never answered, all tenants are accepted, but not for sure', async () => {
  streams = undefined;
  expect(await tenants.require('akron')).toBe(false);
  streams = ['akron'];
  // Nobody waits for the answer: a request is accepted, and one soon after it for sure.
  expect(await tenants.require('akron')).toBe(false);
  await waitFor('the answer', () => tenants.require('akron'));
});
