import { expect, jest, test } from '@jest/globals';
import { Problem } from '@plantops/contracts';
import type { Request } from 'express';
import type { Accepted } from './accepted-proofs.ts';
import { authentication, type Claimed } from './authenticate.ts';
import type { Caller } from './caller.ts';

const request = {} as Request;
const caller: Caller = { tenant: 'akron', actor: 'sam', roles: ['viewer'] };
const accepted = (until: number, knownUntil = until): Accepted => ({ caller, until, knownUntil });
const inAMinute = () => Date.now() + 60_000;
const isTenant = async () => true;
/** The caller of a claim, after its check. */
const callerOf = async ({ known, check }: Claimed) => (check === undefined ? known : check());
/** A proof whose check is `check`. */
const proofOf = (check: (known: Caller | undefined) => Promise<Accepted>) => () => ({ hash: 'hash', check });

test('a proof is checked once; then its caller is known without waiting', async () => {
  let checks = 0;
  const check = async () => {
    checks += 1;
    return accepted(inAMinute());
  };
  const authenticate = authentication([proofOf(check)], isTenant);
  expect(authenticate(request).known).toBeUndefined();
  expect(await callerOf(authenticate(request))).toEqual(caller);
  expect(authenticate(request)).toEqual({ known: caller });
  expect(checks).toBe(1);
});

test('requests with the same proof wait for one check together', async () => {
  const check = Promise.withResolvers<Accepted>();
  let checks = 0;
  const authenticate = authentication(
    [
      proofOf(() => {
        checks += 1;
        return check.promise;
      }),
    ],
    isTenant,
  );
  const waiting = Array.from({ length: 100 }, () => callerOf(authenticate(request)));
  check.resolve(accepted(inAMinute()));
  expect(await Promise.all(waiting)).toHaveLength(100);
  expect(checks).toBe(1);
});

test('a proof that must be checked again has a known caller, until a check fails', async () => {
  let isRevoked = false;
  const knowns: (Caller | undefined)[] = [];
  const authenticate = authentication(
    [
      proofOf(async (known) => {
        knowns.push(known);
        if (isRevoked) throw new Problem('unauthenticated', 'revoked');
        return accepted(Date.now(), inAMinute());
      }),
    ],
    isTenant,
  );
  await callerOf(authenticate(request));
  const again = authenticate(request);
  expect(again.known).toEqual(caller);
  isRevoked = true;
  await expect(callerOf(again)).rejects.toMatchObject({ code: 'unauthenticated' });
  expect(authenticate(request).known).toBeUndefined();
  expect(knowns).toEqual([undefined, caller]);
});

test('a caller of a tenant that the plant does not have never becomes known', async () => {
  const requireTenant = async () => {
    throw new Problem('unknown_tenant', 'no tenant akron');
  };
  const authenticate = authentication([proofOf(async () => accepted(inAMinute()))], requireTenant);
  await expect(callerOf(authenticate(request))).rejects.toMatchObject({ code: 'unknown_tenant' });
  expect(authenticate(request).known).toBeUndefined();
});

test('a caller whose tenant could not be checked is checked again after a second', async () => {
  const authenticate = authentication([proofOf(async () => accepted(inAMinute()))], async () => false);
  await callerOf(authenticate(request));
  const clock = jest.spyOn(Date, 'now').mockReturnValue(Date.now() + 10_000);
  expect(authenticate(request)).toEqual({ known: caller, check: expect.any(Function) });
  clock.mockRestore();
});

test('without a proof, or with a malformed one, the check refuses', async () => {
  const malformed = () => {
    throw new Problem('unauthenticated', 'this is no token');
  };
  await expect(callerOf(authentication([() => undefined], isTenant)(request))).rejects.toThrow('send a token');
  await expect(callerOf(authentication([malformed], isTenant)(request))).rejects.toThrow('this is no token');
});

test('a check takes a place until it ends; requests that wait for the same check take none', async () => {
  const end = Promise.withResolvers<Accepted>();
  const authenticate = authentication([proofOf(() => end.promise)], isTenant);
  let taken = 0;
  const enter = () => {
    taken += 1;
    return () => void (taken -= 1);
  };
  const waiting = Array.from({ length: 10 }, async () => authenticate(request).check?.(enter));
  expect(taken).toBe(1);
  end.resolve(accepted(inAMinute()));
  await Promise.all(waiting);
  expect(taken).toBe(0);
});

test('a check that gets no place does not begin', async () => {
  let checks = 0;
  const check = async () => {
    checks += 1;
    return accepted(inAMinute());
  };
  const authenticate = authentication([proofOf(check)], isTenant);
  const full = () => {
    throw new Problem('too_many_requests', 'full');
  };
  await expect(authenticate(request).check?.(full)).rejects.toMatchObject({ code: 'too_many_requests' });
  expect(checks).toBe(0);
  expect(await authenticate(request).check?.()).toEqual(caller);
});
