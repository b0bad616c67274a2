/** Authenticates a request by a bearer token (JWT) or an API key. */
import { Problem, type Role } from '@plantops/contracts';
import type { Request } from 'express';
import { LRUCache } from 'lru-cache';

export type Caller = { readonly tenant: string; readonly actor: string; readonly roles: readonly Role[] };
export type Authenticate = (request: Request) => Promise<Caller>;
/** Checks one kind of proof. Returns undefined if the request has none of that kind. */
export type Proof = (request: Request) => Promise<Caller> | undefined;

export const authentication =
  (proofs: readonly Proof[]): Authenticate =>
  async (request) => {
    for (const proof of proofs) {
      const caller = proof(request);
      if (caller !== undefined) return caller;
    }
    throw new Problem('unauthenticated', 'send a token, Authorization: Bearer <JWT>, or an API key, X-API-Key: <key>');
  };

/** Bytes of accepted proofs; those used least recently go first. */
const MOST_BYTES = 16 * 1024 * 1024;
const BYTES_OF_CALLER = 1024;

/** Accepted proofs, kept until they expire. Checking one costs more than the rest of a request in the gateway. */
export class AcceptedProofs {
  readonly #callers = new LRUCache<string, Caller>({
    maxSize: MOST_BYTES,
    sizeCalculation: (_caller, proof) => 2 * proof.length + BYTES_OF_CALLER,
  });

  get(proof: string): Caller | undefined {
    return this.#callers.get(proof);
  }

  set(proof: string, { caller, until }: { readonly caller: Caller; readonly until: number }): Caller {
    const ttl = Math.floor(until - Date.now());
    if (ttl > 0) this.#callers.set(proof, caller, { ttl });
    return caller;
  }
}
