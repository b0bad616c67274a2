import { expect, jest, test } from '@jest/globals';
import { AcceptedProofs } from './authenticate.ts';

const caller = { tenant: 'akron', actor: 'sam', roles: ['viewer'] } as const;
const inAMinute = () => Date.now() + 60_000;

test('an accepted proof is known until it expires', () => {
  const proofs = new AcceptedProofs();
  proofs.set('good', { caller, until: inAMinute() });
  proofs.set('expired', { caller, until: Date.now() });
  expect(proofs.get('good')).toEqual(caller);
  expect(proofs.get('expired')).toBeUndefined();
});

test('a proof expires by the clock at its use, not by the one at which it was accepted', () => {
  const proofs = new AcceptedProofs();
  const until = Date.now();
  jest.spyOn(Date, 'now').mockReturnValueOnce(until - 3_600_000);
  proofs.set('accepted while the clock was slow', { caller, until });
  expect(proofs.get('accepted while the clock was slow')).toEqual(caller);
  expect(proofs.get('accepted while the clock was slow')).toBeUndefined();
});

test('proofs are limited by their bytes: long ones push out those used least recently', () => {
  const proofs = new AcceptedProofs();
  const long = (n: number) => `${n}.${'x'.repeat(8_000)}`;
  for (let n = 0; n < 1_500; n++) {
    proofs.set(long(n), { caller, until: inAMinute() });
    expect(proofs.get(long(0))).toEqual(caller);
  }
  expect(proofs.get(long(1))).toBeUndefined();
  expect(proofs.get(long(1_499))).toEqual(caller);
});
