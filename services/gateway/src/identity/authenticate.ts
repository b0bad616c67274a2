/** Authenticates a request by a bearer token (JWT) or an API key. */
import { Problem } from '@plantops/contracts';
import type { Request } from 'express';
import { AcceptedProofs, type Accepted } from './accepted-proofs.ts';
import type { Caller } from './caller.ts';

/**
 * A proof as a request has it. `check` throws `unauthenticated` if it is wrong. It gets the caller of an earlier
 * check, if there is one.
 */
export type Presented = { readonly hash: string; readonly check: (known: Caller | undefined) => Promise<Accepted> };
/** Reads one kind of proof. Returns undefined if the request has none of that kind; throws if it is malformed. */
export type Proof = (request: Request) => Presented | undefined;

/**
 * Who sends a request, as far as it is known without waiting. A caller whose proof was accepted is `known`. With
 * `check`, the proof must be checked before the caller may do anything.
 */
export type Claimed =
  | { readonly known: Caller; readonly check?: undefined }
  | { readonly known?: Caller | undefined; readonly check: Check };
/**
 * Rejects with `unauthenticated` or `unknown_tenant`. When a check begins, it calls `enter`, which may refuse, and calls
 * what that returned at its end.
 */
export type Check = (enter?: () => () => void) => Promise<Caller>;
export type Authenticate = (request: Request) => Claimed;

const anyone = () => () => {};
const refused = (problem: unknown): Claimed => ({ check: () => Promise.reject(problem) });
/** How long a proof is accepted whose tenant could not be checked. */
const UNSURE_MS = 1_000;
const NO_PROOF = 'send a token, Authorization: Bearer <JWT>, or an API key, X-API-Key: <key>';

/**
 * Remembers accepted proofs: checking one costs more than the rest of a request in the gateway. Requests with the same
 * proof wait for one check together. `requireTenant` throws if the plant does not have the tenant, and returns false if
 * that could not be found out.
 */
export const authentication = (
  proofs: readonly Proof[],
  requireTenant: (tenant: string) => Promise<boolean>,
  accepted = new AcceptedProofs(),
): Authenticate => {
  const running = new Map<string, Promise<Caller>>();
  const checked = async ({ hash, check }: Presented, known: Caller | undefined): Promise<Caller> => {
    try {
      const fresh = await check(known);
      const isSure = await requireTenant(fresh.caller.tenant);
      accepted.set(hash, isSure ? fresh : { ...fresh, until: Math.min(fresh.until, Date.now() + UNSURE_MS) });
      return fresh.caller;
    } catch (error) {
      if (error instanceof Problem && error.code === 'unauthenticated') accepted.delete(hash);
      throw error;
    }
  };
  const checkOnce = async (presented: Presented, known: Caller | undefined, enter: () => () => void) => {
    const { hash } = presented;
    const already = running.get(hash);
    if (already !== undefined) return already;
    const leave = enter();
    const check = checked(presented, known).finally(() => {
      running.delete(hash);
      leave();
    });
    running.set(hash, check);
    return check;
  };
  const claimOf = (presented: Presented): Claimed => {
    const before = accepted.get(presented.hash);
    if (before !== undefined && before.until > Date.now()) return { known: before.caller };
    return { known: before?.caller, check: (enter = anyone) => checkOnce(presented, before?.caller, enter) };
  };
  return (request) => {
    try {
      for (const proof of proofs) {
        const presented = proof(request);
        if (presented !== undefined) return claimOf(presented);
      }
      return refused(new Problem('unauthenticated', NO_PROOF));
    } catch (error) {
      return refused(error);
    }
  };
};
