import { commonConfig, configReader } from '@plantops/service-kit';
import { z } from 'zod';

export const readConfig = configReader({
  ...commonConfig,
  PLANTOPS_HOST: z.string().default('127.0.0.1'),
  PLANTOPS_PORT: z.coerce.number().int().min(0).max(65_535).default(8080),
  /** The secret that HS256 tokens are signed with. */
  PLANTOPS_JWT_SECRET: z.string().min(32, 'must be at least 32 characters'),
  PLANTOPS_JWT_ISSUER: z.string().default('plantops'),
  PLANTOPS_JWT_AUDIENCE: z.string().default('plantops-api'),
  PLANTOPS_RATE_LIMIT: z.enum(['on', 'off']).default('on'),
});
export type Config = ReturnType<typeof readConfig>;
