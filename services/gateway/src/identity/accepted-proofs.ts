import { LRUCache } from 'lru-cache';
import { SHARES, type Share } from '../admission/limits.ts';
import type { Caller } from './caller.ts';

export type Accepted = {
  readonly caller: Caller;
  /** The instant from which the proof must be checked again, in milliseconds since 1970. */
  readonly until: number;
  /** Until then the proof is known to have been good, also when it must be checked again. */
  readonly knownUntil: number;
};

const SWEEP_EVERY_MS = 60_000;

/**
 * Accepted proofs by their hash, so that each takes the same memory, however long the token. Those used least recently
 * go first; a tenant has its share at most, of which its oldest go first.
 */
export class AcceptedProofs {
  readonly #accepted: LRUCache<string, Accepted>;
  readonly #tenants = new Map<string, Set<string>>();
  readonly #mostOfTenant: number;
  #swept = Date.now();

  constructor({ all, ofOne }: Share = SHARES.acceptedProofs) {
    this.#mostOfTenant = ofOne;
    this.#accepted = new LRUCache({ max: all, dispose: ({ caller }, hash) => this.#forgetOf(caller.tenant, hash) });
  }

  get size(): number {
    return this.#accepted.size;
  }

  /** The clock is read at each use: it may be corrected, and a machine may sleep. */
  get(hash: string): Accepted | undefined {
    const accepted = this.#accepted.get(hash);
    if (accepted === undefined || accepted.knownUntil > Date.now()) return accepted;
    this.delete(hash);
    return undefined;
  }

  set(hash: string, accepted: Accepted): void {
    this.#sweep();
    this.delete(hash);
    const { tenant } = accepted.caller;
    const ofTenant = this.#tenants.get(tenant) ?? new Set();
    if (ofTenant.size >= this.#mostOfTenant) {
      const [oldest = ''] = ofTenant;
      this.delete(oldest);
    }
    this.#tenants.set(tenant, ofTenant.add(hash));
    this.#accepted.set(hash, accepted);
  }

  delete(hash: string): void {
    this.#accepted.delete(hash);
  }

  #forgetOf(tenant: string, hash: string): void {
    const ofTenant = this.#tenants.get(tenant);
    ofTenant?.delete(hash);
    if (ofTenant?.size === 0) this.#tenants.delete(tenant);
  }

  #sweep(): void {
    const now = Date.now();
    if (now < this.#swept + SWEEP_EVERY_MS && now >= this.#swept) return;
    this.#swept = now;
    for (const [hash, { knownUntil }] of this.#accepted.entries()) if (knownUntil <= now) this.delete(hash);
  }
}
