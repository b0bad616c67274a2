import { commonConfig, configReader, databaseConfig } from '@plantops/service-kit';
import { z } from 'zod';

export const readConfig = configReader({
  ...commonConfig,
  ...databaseConfig,
  PLANTOPS_HOST: z.string().default('127.0.0.1'),
  PLANTOPS_PORT: z.coerce.number().int().min(0).max(65_535).default(8080),
  /** The secret of HS256 tokens. Without it, only tokens of the identity provider are accepted. */
  PLANTOPS_JWT_SECRET: z.string().min(32, 'must be at least 32 characters').optional(),
  /** The URL of the identity provider's public keys (JWKS). */
  PLANTOPS_JWKS_URL: z.url('must be the URL of a JSON Web Key Set').optional(),
  PLANTOPS_JWT_ISSUER: z.string().default('plantops'),
  PLANTOPS_JWT_AUDIENCE: z.string().default('plantops-api'),
  /**
   * The proxies in front of the gateway that set X-Forwarded-For: their number, or their addresses and networks,
   * separated by commas.
   */
  PLANTOPS_TRUSTED_PROXIES: z
    .string()
    .regex(/^[\w.:/, ]+$/, 'must be a number of proxies, or their addresses and networks')
    .transform((text) => (/^\d+$/.test(text) ? Number(text) : text.split(/[, ]+/)))
    .optional(),
  PLANTOPS_RATE_LIMIT: z.enum(['on', 'off']).default('on'),
});
export type Config = ReturnType<typeof readConfig>;
