/**
 * Bearer tokens: signed with the shared secret (HS256), or by an identity provider whose public keys are at a JWKS
 * URL.
 */
import { Problem, roles as allRoles, tenantSlug } from '@plantops/contracts';
import { createRemoteJWKSet, decodeProtectedHeader, errors, jwtVerify, type JWTPayload } from 'jose';
import { z } from 'zod';
import { AcceptedProofs, type Caller, type Proof } from './authenticate.ts';

export type JwtSettings = {
  readonly secret: string | undefined;
  readonly jwksUrl: string | undefined;
  readonly issuer: string;
  readonly audience: string;
};

/** The author is stored on every row, so it must be a name that can be stored and shown. */
const subject = z
  .string()
  .regex(/^[^\p{Cc}]{1,200}$/u)
  .refine((name) => name.isWellFormed())
  // API keys and services have names of their own.
  .refine((name) => !/^(api-key|service|line):/.test(name));
/** Algorithms of public keys. HS256 is for the shared secret only, so a public key cannot be used as the secret. */
const PUBLIC_KEY_ALGORITHMS = [
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'ES256',
  'ES384',
  'ES512',
  'EdDSA',
  'Ed25519',
];

export const bearerTokens = (settings: JwtSettings): Proof => {
  const verify = verifierOf(settings);
  const accepted = new AcceptedProofs();
  return (request) => {
    const authorization = request.get('authorization');
    if (authorization === undefined) return undefined;
    const token = /^Bearer ([\w-]+\.[\w-]+\.[\w-]+)$/i.exec(authorization)?.[1];
    if (token === undefined)
      return Promise.reject(
        new Problem(
          'unauthenticated',
          'this is no token: send Authorization: Bearer <JWT>, or an API key as X-API-Key: <key>',
        ),
      );
    const known = accepted.get(token);
    return known ? Promise.resolve(known) : verified(verify, token).then((fresh) => accepted.set(token, fresh));
  };
};

type Verify = (token: string) => Promise<JWTPayload>;

const verifierOf = ({ secret, jwksUrl, issuer, audience }: JwtSettings): Verify => {
  const checks = { issuer, audience, clockTolerance: '5s', requiredClaims: ['sub', 'exp', 'tenant_id', 'roles'] };
  const key = secret === undefined ? undefined : new TextEncoder().encode(secret);
  // Keys are fetched when one is missing, at most every 30 s, and kept for 10 minutes while the provider is
  // unreachable.
  const published =
    jwksUrl === undefined
      ? undefined
      : createRemoteJWKSet(new URL(jwksUrl), {
          cooldownDuration: 30_000,
          cacheMaxAge: 600_000,
          timeoutDuration: 5_000,
        });
  return async (token) => {
    const isSecret = decodeProtectedHeader(token).alg === 'HS256';
    if (isSecret && key) return (await jwtVerify(token, key, { ...checks, algorithms: ['HS256'] })).payload;
    if (!isSecret && published)
      return (await jwtVerify(token, published, { ...checks, algorithms: PUBLIC_KEY_ALGORITHMS })).payload;
    throw new errors.JOSEAlgNotAllowed('no key for this algorithm');
  };
};

const verified = async (verify: Verify, token: string): Promise<{ caller: Caller; until: number }> => {
  try {
    const payload = await verify(token);
    const tenant = tenantSlug.parse(payload['tenant_id']);
    const claimed: unknown[] = Array.isArray(payload['roles']) ? payload['roles'] : [];
    const roles = allRoles.filter((role) => claimed.includes(role));
    return { caller: { tenant, actor: subject.parse(payload.sub), roles }, until: (payload.exp as number) * 1000 };
  } catch (error) {
    throw problemOf(error);
  }
};

const problemOf = (error: unknown): Problem => {
  if (error instanceof errors.JWTExpired) return new Problem('unauthenticated', 'the token has expired: get a new one');
  // The keys could not be fetched, which is not the caller's fault. All other errors mean a wrong token.
  const unreachable =
    error instanceof errors.JWKSTimeout || error instanceof errors.JWKSInvalid || isFetchFailure(error);
  return unreachable
    ? new Problem('service_unavailable', 'the identity provider’s keys cannot be reached: try again in a few seconds')
    : new Problem('unauthenticated', 'the token is not one of ours');
};
/** jose reports a failing JWKS endpoint as a bare JOSEError, and a network failure as fetch's TypeError. */
const isFetchFailure = (error: unknown): boolean =>
  (error instanceof TypeError && error.message === 'fetch failed') ||
  (error instanceof errors.JOSEError &&
    error.code === 'ERR_JOSE_GENERIC' &&
    error.message.includes('JSON Web Key Set'));
