import { isIP } from 'node:net';
import { commonConfig, configReader, databaseConfig, flag, httpUrl, port, webOrigins } from '@plantops/service-kit';
import { z } from 'zod';

const MOST_PROXIES = 10;
/** A random key of 32 characters has more different ones; a repeated letter or word has fewer. */
const LEAST_DIFFERENT = 8;
/** Names that Express knows for private networks. */
const NETWORKS = new Set(['loopback', 'linklocal', 'uniquelocal']);

/** Whether a text is an address, a named network or a network that is not the whole Internet. */
function isProxy(text: string): boolean {
  const [address = '', bits, ...more] = text.split('/');
  const family = isIP(address);
  if (NETWORKS.has(text) || (family !== 0 && bits === undefined)) return true;
  const most = family === 4 ? 32 : 128;
  return family !== 0 && more.length === 0 && /^[1-9]\d{0,2}$/.test(bits ?? '') && Number(bits) <= most;
}
const addressesOf = (text: string): string[] => text.split(/[, ]+/);
const isNumber = (text: string): boolean => /^\d+$/.test(text);

/** A number of hours, at most a century. */
const hours = (preset: number) =>
  z.coerce.number('must be a number of hours').positive('must be a number of hours').max(876_600).default(preset);

export const readConfig = configReader(
  {
    ...commonConfig,
    ...databaseConfig,
    PLANTOPS_HOST: z.string().default('127.0.0.1'),
    PLANTOPS_PORT: port(0).default(8080),
    /** The secret of HS256 tokens. Without it, only tokens of the identity provider are accepted. */
    PLANTOPS_JWT_SECRET: z
      .string()
      .min(32, 'must be at least 32 characters')
      .refine(
        (secret) => new Set(secret).size >= LEAST_DIFFERENT,
        `must be random: it has fewer than ${LEAST_DIFFERENT} different characters`,
      )
      .optional(),
    /** The URL of the identity provider's public keys (JWKS). */
    PLANTOPS_JWKS_URL: httpUrl('a JSON Web Key Set').optional(),
    PLANTOPS_JWT_ISSUER: z.string().default('plantops'),
    PLANTOPS_JWT_AUDIENCE: z.string().default('plantops-api'),
    /** The most hours until a token of the identity provider expires. A token cannot be revoked. */
    PLANTOPS_MAX_TOKEN_HOURS: hours(24),
    /** The same for a token of the shared secret. Development tokens are valid for a year. */
    PLANTOPS_MAX_SECRET_TOKEN_HOURS: hours(366 * 24),
    /**
     * The proxies in front of the gateway that set X-Forwarded-For: their number, or their addresses and networks,
     * separated by commas.
     */
    PLANTOPS_TRUSTED_PROXIES: z
      .string()
      .refine(
        (text) => (isNumber(text) ? Number(text) <= MOST_PROXIES : addressesOf(text).every(isProxy)),
        `must be the number of proxies, at most ${MOST_PROXIES}, or their addresses and networks, separated by commas`,
      )
      .transform((text) => (isNumber(text) ? Number(text) : addressesOf(text)))
      .optional(),
    /** The origins whose web pages may call the API from browsers (CORS). Absent: none but the gateway's own. */
    PLANTOPS_CORS_ORIGINS: webOrigins.optional(),
    PLANTOPS_RATE_LIMIT: flag.default('on'),
  },
  ({ PLANTOPS_JWT_SECRET: secret, PLANTOPS_JWKS_URL: keys }) =>
    secret === undefined && keys === undefined
      ? ['PLANTOPS_JWT_SECRET: is not set, and neither is PLANTOPS_JWKS_URL: without one of them nobody can sign in']
      : [],
);
export type Config = ReturnType<typeof readConfig>;
