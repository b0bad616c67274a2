/**
 * Bearer tokens: signed with the shared secret (HS256), or by an identity provider whose public keys are at a JWKS
 * URL.
 */
import { Problem, roles as allRoles, tenantSlug } from '@plantops/contracts';
import { createRemoteJWKSet, decodeProtectedHeader, errors, jwtVerify, type JWTPayload } from 'jose';
import { actorOf } from './actor-of.ts';
import type { Accepted } from './accepted-proofs.ts';
import type { Proof } from './authenticate.ts';
import { hashOf } from './hash-of.ts';

export type JwtSettings = {
  readonly secret: string | undefined;
  readonly jwksUrl: string | undefined;
  readonly issuer: string;
  readonly audience: string;
  /** The most hours until a token expires: one of the identity provider, and one of the shared secret. */
  readonly mostHours: { readonly provider: number; readonly secret: number };
};

/** Longer tokens are a mistake, as all groups of a person in their claims. Each request would carry them. */
const MOST_TOKEN_KIB = 8;
const SCHEME = 'Bearer ';
const CLOCK_TOLERANCE_S = 5;
const SECONDS_OF_AN_HOUR = 3_600;

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
  return (request) => {
    const authorization = request.get('authorization');
    if (authorization === undefined) return undefined;
    if (authorization.length > SCHEME.length + MOST_TOKEN_KIB * 1024)
      throw unauthenticated(
        `the token is longer than ${MOST_TOKEN_KIB} KiB: have the identity provider issue it with fewer claims`,
      );
    const token = /^Bearer ([\w-]+\.[\w-]+\.[\w-]+)$/i.exec(authorization)?.[1];
    if (token === undefined)
      throw unauthenticated('this is no token: send Authorization: Bearer <JWT>, or an API key as X-API-Key: <key>');
    return { hash: hashOf(token), check: () => verified(verify, token) };
  };
};

const unauthenticated = (detail: string) => new Problem('unauthenticated', detail);

type Verified = { readonly payload: JWTPayload; readonly mostHours: number };
type Verify = (token: string) => Promise<Verified>;

const verifierOf = ({ secret, jwksUrl, issuer, audience, mostHours }: JwtSettings): Verify => {
  const checks = {
    issuer,
    audience,
    clockTolerance: CLOCK_TOLERANCE_S,
    requiredClaims: ['sub', 'exp', 'tenant_id', 'roles'],
  };
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
    if (isSecret && key) {
      const { payload } = await jwtVerify(token, key, { ...checks, algorithms: ['HS256'] });
      return { payload, mostHours: mostHours.secret };
    }
    if (!isSecret && published) {
      const { payload } = await jwtVerify(token, published, { ...checks, algorithms: PUBLIC_KEY_ALGORITHMS });
      return { payload, mostHours: mostHours.provider };
    }
    throw new errors.JOSEAlgNotAllowed('no key for this algorithm');
  };
};

const verified = async (verify: Verify, token: string): Promise<Accepted> => {
  try {
    const { payload, mostHours } = await verify(token);
    const until = expiryOf(payload, mostHours) * 1_000;
    const tenant = tenantSlug.parse(payload['tenant_id']);
    const claimed: unknown[] = Array.isArray(payload['roles']) ? payload['roles'] : [];
    const roles = allRoles.filter((role) => claimed.includes(role));
    return { caller: { tenant, actor: actorOf(payload.sub), roles }, until, knownUntil: until };
  } catch (error) {
    throw error instanceof Problem ? error : problemOf(error);
  }
};

/** Returns the expiry, in seconds since 1970. A token cannot be revoked, so it must not be valid for long. */
const expiryOf = ({ exp = Infinity, iat = 0 }: JWTPayload, mostHours: number): number => {
  const now = Date.now() / 1_000;
  if (!(exp - now <= mostHours * SECONDS_OF_AN_HOUR + CLOCK_TOLERANCE_S))
    throw unauthenticated(
      `the token expires more than ${mostHours} hours from now, the most that is accepted: get one that expires sooner`,
    );
  if (!(iat <= now + CLOCK_TOLERANCE_S))
    throw unauthenticated('the token was issued in the future (iat): compare the clocks, and get a new one');
  return exp;
};

const problemOf = (error: unknown): Problem => {
  if (error instanceof errors.JWTExpired) return unauthenticated('the token has expired: get a new one');
  // The keys could not be fetched, which is not the caller's fault. All other errors mean a wrong token.
  const unreachable =
    error instanceof errors.JWKSTimeout || error instanceof errors.JWKSInvalid || isFetchFailure(error);
  return unreachable
    ? new Problem('service_unavailable', 'the identity provider’s keys cannot be reached: try again in a few seconds')
    : unauthenticated('the token is not one of ours');
};
/** jose reports a failing JWKS endpoint as a bare JOSEError, and a network failure as fetch's TypeError. */
const isFetchFailure = (error: unknown): boolean =>
  (error instanceof TypeError && error.message === 'fetch failed') ||
  (error instanceof errors.JOSEError &&
    error.code === 'ERR_JOSE_GENERIC' &&
    error.message.includes('JSON Web Key Set'));
