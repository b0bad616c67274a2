import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Base } from '@plantops/backbone';
import { Database } from '@plantops/persistence';
import { createLogger, systemClock } from '@plantops/service-kit';
import { copyTemplate, testServers, waitFor } from '@plantops/testing';
import type { Request } from 'express';
import { rateLimits } from '../admission/limit-rate.ts';
import type { Presented } from '../identity/authenticate.ts';
import { tables } from '../database.ts';
import { formatKey } from './api-key.rules.ts';
import { apiKeys } from './api-key-proof.ts';

const closers: (() => Promise<void>)[] = [];
/** The gateway's connections, and other ones that do not count among them. */
let gateway: Database;
let others: Database;
beforeAll(async () => {
  const { url, drop } = await copyTemplate(testServers().databaseUrl, 'gateway');
  const log = createLogger('gateway', 'silent');
  [gateway, others] = [await Database.open({ url, ...tables, log }), await Database.open({ url, ...tables, log })];
  closers.push(
    () => gateway.close(),
    () => others.close(),
    drop,
  );
});
afterAll(async () => {
  for (const close of closers) await close();
});

const bogusKey = () => formatKey('akron', randomBytes(6).toString('hex'), randomBytes(32).toString('base64url'));
const requestWith = (key: string, ip: string) => ({ ip, get: () => key }) as unknown as Request;
/** Checks of keys that nobody has. */
const bogusChecks = (proof: ReturnType<typeof apiKeys>, ip: string, count: number) =>
  Array.from({ length: count }, () => (proof(requestWith(bogusKey(), ip)) as Presented).check(undefined));
const base = () => ({ database: gateway, now: systemClock }) as unknown as Base;

test('keys of strangers that name a tenant leave its connections to the database free', async () => {
  const [locked, release] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const locking = others.transact('akron', async (tx) => {
    await tx.query('lock table api_key in access exclusive mode');
    locked.resolve();
    await release.promise;
  });
  await locked.promise;
  const waiting = () =>
    others.transact('akron', (tx) =>
      tx.query<object>(
        "select pid from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'",
      ),
    );
  const checks = Promise.allSettled(bogusChecks(apiKeys(base(), rateLimits(false)), '203.0.113.1', 20));
  await waitFor('two of them to be looked up', async () => (await waiting()).length === 2);
  // If they used the connections of akron, this would wait for five seconds and then be refused.
  expect(await gateway.transact('akron', (tx) => tx.query('select 1 as one'))).toEqual([{ one: 1 }]);
  expect(await waiting()).toHaveLength(2);
  release.resolve();
  await locking;
  expect((await checks).map((check) => check.status === 'rejected' && (check.reason as { code: string }).code)).toEqual(
    Array.from({ length: 20 }, () => 'unauthenticated'),
  );
});

test('an address has 20 unknown keys a second looked up; the rest is refused before the database is asked', async () => {
  const proof = apiKeys(
    base(),
    rateLimits(true, async () => {}),
  );
  const codes = async (ip: string) =>
    (await Promise.allSettled(bogusChecks(proof, ip, 50))).map(
      (check) => check.status === 'rejected' && (check.reason as { code: string }).code,
    );
  const ofOne = await codes('203.0.113.1');
  expect(ofOne.filter((code) => code === 'unauthenticated')).toHaveLength(20);
  expect(ofOne.filter((code) => code === 'too_many_requests')).toHaveLength(30);
  expect((await codes('203.0.113.2')).filter((code) => code === 'unauthenticated')).toHaveLength(20);
});
