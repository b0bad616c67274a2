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

type Accepted = { readonly caller: Caller; readonly until: number };

/** Bytes of accepted proofs; those used least recently go first. */
const MOST_BYTES = 16 * 1024 * 1024;
const BYTES_OF_CALLER = 1024;

/** Accepted proofs, kept until they expire. Checking one costs more than the rest of a request in the gateway. */
export class AcceptedProofs {
  readonly #accepted = new LRUCache<string, Accepted>({
    maxSize: MOST_BYTES,
    sizeCalculation: (_accepted, proof) => 2 * proof.length + BYTES_OF_CALLER,
  });

  /** The clock is read at each use: it may be corrected, and a machine may sleep. */
  get(proof: string): Caller | undefined {
    const accepted = this.#accepted.get(proof);
    if (accepted === undefined || accepted.until > Date.now()) return accepted?.caller;
    this.#accepted.delete(proof);
    return undefined;
  }

  set(proof: string, accepted: Accepted): Caller {
    this.#accepted.set(proof, accepted);
    return accepted.caller;
  }
}
