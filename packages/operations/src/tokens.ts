import { roles, type Role } from '@plantops/contracts';
import { SignJWT } from 'jose';

export const ISSUER = 'plantops';
export const AUDIENCE = 'plantops-api';

/** Signs a development token, like one that an identity provider gives a person of this tenant and role. */
export const signToken = (secret: string, tenant: string, role: Role, validFor = '365d'): Promise<string> =>
  new SignJWT({ tenant_id: tenant, roles: [role] })
    .setProtectedHeader({ alg: 'HS256' })
    .setSubject(`${role}@${tenant}`)
    .setIssuer(ISSUER)
    .setAudience(AUDIENCE)
    .setIssuedAt()
    .setExpirationTime(validFor)
    .sign(new TextEncoder().encode(secret));

export const tokensOf = async (secret: string, tenant: string): Promise<Record<Role, string>> =>
  Object.fromEntries(
    await Promise.all(roles.map(async (role) => [role, await signToken(secret, tenant, role)])),
  ) as Record<Role, string>;
