/**
 * Tickets for the live stream: browsers' EventSource cannot send headers. A ticket stands in the URL, so it is valid
 * for a minute, once, and for nothing else.
 */
import { hkdfSync, randomBytes, randomUUID } from 'node:crypto';
import { Problem, roles as allRoles, tenantSlug } from '@plantops/contracts';
import { jwtVerify, SignJWT } from 'jose';
import { z } from 'zod';
import type { Caller } from '../identity/caller.ts';
import { UsedTickets } from './used-tickets.ts';

const SECONDS = 60;
/** The clocks of two copies of the gateway may differ by this. */
const CLOCK_TOLERANCE_S = 5;
/**
 * How long a stream stays open by one ticket. A revoked key, or a role that was taken away, is noticed when the client
 * gets the next ticket.
 */
const MOST_OPEN_MS = 900_000;
const AUDIENCE = 'plantops-stream';
/** A key of its own: no ticket passes as a token, and no token as a ticket. */
const KEY_OF = 'plantops stream ticket';

export type Ticket = { readonly ticket: string; readonly expires_at: string };
/** Who may listen, and until when, in milliseconds since 1970. */
export type Admitted = { readonly caller: Caller; readonly until: number };

const claims = z.object({
  jti: z.uuid(),
  sub: z.string(),
  tenant_id: tenantSlug,
  roles: z.array(z.enum(allRoles)),
  until: z.int(),
});

export class StreamTickets {
  readonly #key: Uint8Array;
  readonly #now: () => number;
  readonly #used = new UsedTickets((SECONDS + 2 * CLOCK_TOLERANCE_S) * 1000);

  /** Copies of the gateway with the same secret accept each other's tickets. Without one, a copy accepts its own. */
  constructor(secret: string | undefined, now: () => number = Date.now) {
    this.#key = new Uint8Array(hkdfSync('sha256', secret ?? randomBytes(32), '', KEY_OF, 32));
    this.#now = now;
  }

  /** A ticket for a caller whose own proof is valid until then, in milliseconds since 1970. */
  async issue({ tenant, actor, roles }: Caller, until: number): Promise<Ticket> {
    const now = this.#now();
    const expires = Math.floor(now / 1000) + SECONDS;
    const ticket = await new SignJWT({
      tenant_id: tenant,
      roles: [...roles],
      until: Math.min(until, now + MOST_OPEN_MS),
    })
      .setProtectedHeader({ alg: 'HS256' })
      .setSubject(actor)
      .setAudience(AUDIENCE)
      .setJti(randomUUID())
      .setExpirationTime(expires)
      .sign(this.#key);
    return { ticket, expires_at: new Date(expires * 1000).toISOString() };
  }

  /** Accepts a ticket once. Throws `unauthenticated`, or `too_many_requests` when its tenant used too many. */
  async redeem(ticket: unknown): Promise<Admitted> {
    const { jti, sub, tenant_id: tenant, roles, until } = await this.#read(ticket);
    if (!this.#used.use(tenant, jti, this.#now()))
      throw new Problem('unauthenticated', 'the ticket was used before: get a new one, POST /stream/ticket');
    return { caller: { tenant, actor: sub, roles }, until };
  }

  async #read(ticket: unknown): Promise<z.infer<typeof claims>> {
    const options = {
      audience: AUDIENCE,

      algorithms: ['HS256'],
      requiredClaims: ['exp'],
      clockTolerance: CLOCK_TOLERANCE_S,
      currentDate: new Date(this.#now()),
    };
    try {
      return claims.parse((await jwtVerify(String(ticket), this.#key, options)).payload);
    } catch {
      throw new Problem(
        'unauthenticated',
        'the ticket is not valid, or has expired: get a new one, POST /stream/ticket',
      );
    }
  }
}
