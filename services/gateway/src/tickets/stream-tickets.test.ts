import { expect, jest, test } from '@jest/globals';
import type { Request, Response } from 'express';
import { SignJWT } from 'jose';
import { rateLimits } from '../admission/limit-rate.ts';
import { admit } from './admit.ts';
import { StreamTickets } from './stream-tickets.ts';

const SECRET = 'a-secret-for-tests-only-0123456789';
const caller = { tenant: 'akron', actor: 'ada', roles: ['viewer', 'operator'] } as const;
const NOW = Date.parse('2026-03-02T08:00:00Z');
const at = (ms: number, secret: string | undefined = SECRET) => new StreamTickets(secret, () => NOW + ms);
const unauthenticated = { code: 'unauthenticated' };

test('a ticket is for its caller: tenant, author and roles, at any copy of the gateway with the same secret', async () => {
  const { ticket, expires_at } = await at(0).issue(caller, Infinity);
  expect(expires_at).toBe('2026-03-02T08:01:00.000Z');
  expect((await at(1_000).redeem(ticket)).caller).toEqual(caller);
});

test('it is valid once', async () => {
  const tickets = at(0);
  const { ticket } = await tickets.issue(caller, Infinity);
  await tickets.redeem(ticket);
  await expect(tickets.redeem(ticket)).rejects.toMatchObject(unauthenticated);
});

test('it is valid for a minute, give or take the difference of clocks', async () => {
  const { ticket } = await at(0).issue(caller, Infinity);
  expect(await at(64_000).redeem(ticket)).toBeDefined();
  await expect(at(66_000).redeem(ticket)).rejects.toMatchObject(unauthenticated);
});

test('its stream ends when the token of the caller does, after 15 minutes at most', async () => {
  const untilOf = async (expires: number) => (await at(0).redeem((await at(0).issue(caller, expires)).ticket)).until;
  expect(await untilOf(NOW + 60_000)).toBe(NOW + 60_000);
  expect(await untilOf(NOW + 86_400_000)).toBe(NOW + 900_000);
  expect(await untilOf(Infinity)).toBe(NOW + 900_000);
});

test('a ticket of another secret, a changed one, a token and anything else are refused', async () => {
  const { ticket } = await at(0).issue(caller, Infinity);
  const token = await new SignJWT({ tenant_id: 'akron', roles: ['admin'], until: NOW + 900_000 })
    .setProtectedHeader({ alg: 'HS256' })
    .setSubject('ada')
    .setAudience('plantops-stream')
    .setJti('0190c0de-0000-4000-8000-000000000002')
    .setExpirationTime((NOW + 60_000) / 1000)
    .sign(new TextEncoder().encode(SECRET));
  await expect(at(0, 'another-secret-for-tests-0123456789').redeem(ticket)).rejects.toMatchObject(unauthenticated);
  await expect(new StreamTickets(undefined, () => NOW).redeem(ticket)).rejects.toMatchObject(unauthenticated);
  for (const wrong of [token, `${ticket}x`, '', undefined, [ticket, ticket]])
    await expect(at(0).redeem(wrong)).rejects.toMatchObject(unauthenticated);
});

test('an open stream is closed by its next check after its time is over', async () => {
  const tickets = new StreamTickets(SECRET);
  const until = Date.now() + 60_000;
  const { ticket } = await tickets.issue(caller, until);
  const request = { query: { ticket, last_event_id: '4-2' }, ip: '203.0.113.1' } as unknown as Request;
  const nobody = () => ({ check: () => Promise.reject(new Error('a ticket needs no token')) });
  const mounting = { authenticate: nobody, limitRate: rateLimits(true) };
  const { check, lastEventId } = await admit(request, {} as Response, mounting, tickets);
  expect(lastEventId).toBe('4-2');
  await check();
  const clock = jest.spyOn(Date, 'now').mockReturnValue(until);
  await expect(check()).rejects.toMatchObject(unauthenticated);
  clock.mockRestore();
});
