/** Who calls: a bearer token (JWT), checked for signature, issuer, audience and time. */
import { Problem, roles as allRoles, tenantSlug, type Role } from '@plantops/contracts';
import { errors, jwtVerify } from 'jose';
import { z } from 'zod';

export type Caller = { readonly tenant: string; readonly actor: string; readonly roles: readonly Role[] };
export type Authenticate = (authorization: string | undefined) => Promise<Caller>;
type Known = { readonly caller: Caller; readonly expires: number };

/** Who acts is written on every row: a name that can be kept and shown. */
const subject = z
  .string()
  .regex(/^[^\p{Cc}]{1,200}$/u)
  .refine((name) => name.isWellFormed());
const MOST_REMEMBERED = 10_000;

export const jwtAuthentication = ({ secret, issuer, audience }: { secret: string; issuer: string; audience: string }): Authenticate => {
  const key = new TextEncoder().encode(secret);
  // Checking a signature costs more than all the rest of a request in the gateway; a token stays what it is until it expires.
  const remembered = new Map<string, Known>();

  return async (authorization) => {
    const token = /^Bearer ([\w-]+\.[\w-]+\.[\w-]+)$/i.exec(authorization ?? '')?.[1];
    if (token === undefined) throw new Problem('unauthenticated', 'send a token: Authorization: Bearer <JWT>');
    const known = remembered.get(token);
    if (known && known.expires > Date.now()) return known.caller;
    remembered.delete(token);
    const fresh = await verify(token, key, issuer, audience);
    if (remembered.size >= MOST_REMEMBERED) remembered.delete(remembered.keys().next().value as string);
    remembered.set(token, fresh);
    return fresh.caller;
  };
};

const verify = async (token: string, key: Uint8Array, issuer: string, audience: string): Promise<Known> => {
  try {
    const { payload } = await jwtVerify(token, key, {
      issuer,
      audience,
      algorithms: ['HS256'],
      clockTolerance: '5s',
      requiredClaims: ['sub', 'exp', 'tenant_id', 'roles'],
    });
    const tenant = tenantSlug.parse(payload['tenant_id']);
    const claimed: unknown[] = Array.isArray(payload['roles']) ? payload['roles'] : [];
    return {
      caller: { tenant, actor: subject.parse(payload.sub), roles: allRoles.filter((role) => claimed.includes(role)) },
      expires: (payload.exp as number) * 1000,
    };
  } catch (error) {
    throw new Problem(
      'unauthenticated',
      error instanceof errors.JWTExpired ? 'the token has expired: get a new one' : 'the token is not one of ours',
    );
  }
};
