/** Authenticates a request by a bearer token (JWT) or an API key. */
import { Problem, type Role } from '@plantops/contracts';
import type { Request } from 'express';

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

type Known = { readonly caller: Caller; readonly until: number };
const MOST_REMEMBERED = 10_000;

/** Accepted proofs, kept until they expire. Checking one costs more than the rest of a request in the gateway. */
export class Remembered {
  readonly #known = new Map<string, Known>();

  get(proof: string): Caller | undefined {
    const known = this.#known.get(proof);
    if (known && known.until > Date.now()) return known.caller;
    this.#known.delete(proof);
    return undefined;
  }

  set(proof: string, known: Known): Caller {
    if (this.#known.size >= MOST_REMEMBERED) this.#known.delete(this.#known.keys().next().value as string);
    this.#known.set(proof, known);
    return known.caller;
  }
}
