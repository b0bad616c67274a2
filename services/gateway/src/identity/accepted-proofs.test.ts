import { expect, jest, test } from '@jest/globals';
import { AcceptedProofs } from './accepted-proofs.ts';

const caller = { tenant: 'akron', actor: 'sam', roles: ['viewer'] } as const;
const until = (ms: number, tenant = 'akron') => ({ caller: { ...caller, tenant }, until: ms, knownUntil: ms });
const inAMinute = () => Date.now() + 60_000;

test('an accepted proof is known until it expires', () => {
  const proofs = new AcceptedProofs();
  proofs.set('good', until(inAMinute()));
  proofs.set('expired', until(Date.now()));
  expect(proofs.get('good')?.caller).toEqual(caller);
  expect(proofs.get('expired')).toBeUndefined();
});

test('a proof expires by the clock at its use, not by the one at which it was accepted', () => {
  const proofs = new AcceptedProofs();
  const expires = Date.now();
  const clock = jest.spyOn(Date, 'now').mockReturnValue(expires - 3_600_000);
  proofs.set('accepted while the clock was slow', until(expires));
  expect(proofs.get('accepted while the clock was slow')?.caller).toEqual(caller);
  clock.mockRestore();
  expect(proofs.get('accepted while the clock was slow')).toBeUndefined();
});

test('a tenant has its share; its oldest proofs go first, and no proof of another tenant goes for them', () => {
  const proofs = new AcceptedProofs({ all: 100, ofOne: 10 });
  proofs.set('other', until(inAMinute(), 'globex'));
  for (let n = 0; n < 1_000; n++) proofs.set(String(n), until(inAMinute()));
  expect(proofs.size).toBe(11);
  expect(proofs.get('989')).toBeUndefined();
  expect([proofs.get('990'), proofs.get('999'), proofs.get('other')]).not.toContain(undefined);
});

test('of all tenants together the proofs used least recently go first', () => {
  const proofs = new AcceptedProofs({ all: 10, ofOne: 5 });
  proofs.set('in use', until(inAMinute()));
  for (let n = 0; n < 100; n++) {
    proofs.set(String(n), until(inAMinute(), `tenant-${n}`));
    expect(proofs.get('in use')).toBeDefined();
  }
  expect(proofs.size).toBe(10);
  // A proof that went makes room in the share of its tenant.
  for (const n of [1, 2, 3, 4]) proofs.set(`again ${n}`, until(inAMinute()));
  expect(proofs.get('in use')).toBeDefined();
});

test('expired proofs do not stay in memory, also when they are not used again', () => {
  const proofs = new AcceptedProofs();
  for (let n = 0; n < 900; n++) proofs.set(String(n), until(inAMinute()));
  const clock = jest.spyOn(Date, 'now').mockReturnValue(Date.now() + 120_000);
  proofs.set('later', until(Date.now() + 60_000));
  clock.mockRestore();
  expect(proofs.size).toBe(1);
});
