import { tenantSlug } from '@plantops/contracts';
import { commonConfig, configReader } from '@plantops/service-kit';
import { z } from 'zod';

const read = configReader({
  ...commonConfig,
  /** The ready.json of the plant to publish to. It says all that the next three would. */
  PLANTOPS_READY_FILE: z.string().min(1).optional(),
  PLANTOPS_GATEWAY_URL: z.url().optional(),
  /** With the tenant's edge user: nats://user:password@host:port. */
  PLANTOPS_NATS_URL: z.string().min(1).optional(),
  /** An administrator's bearer token. */
  PLANTOPS_TOKEN: z.string().min(1).optional(),
  PLANTOPS_TENANT: tenantSlug.default('akron'),
  /** How many times faster than in a real plant batches and stops come and go. */
  PLANTOPS_DEMO_SPEED: z.coerce.number().min(0.1).max(60).default(1),
});
export type Config = ReturnType<typeof read>;

export const readConfig = (env: NodeJS.ProcessEnv): Config => {
  const config = read(env);
  const isDirect =
    config.PLANTOPS_GATEWAY_URL !== undefined && config.PLANTOPS_NATS_URL !== undefined && config.PLANTOPS_TOKEN !== undefined;
  if (config.PLANTOPS_READY_FILE !== undefined || isDirect) return config;
  throw new Error('Say where PlantOps is: PLANTOPS_READY_FILE, or PLANTOPS_GATEWAY_URL, PLANTOPS_NATS_URL and PLANTOPS_TOKEN.');
};
