import { tenantSlug } from '@plantops/contracts';
import { commonConfig, configReader, decimal, httpUrl, natsUrls } from '@plantops/service-kit';
import { z } from 'zod';

const read = configReader({
  ...commonConfig,
  /** The ready.json of the plant to publish to. It replaces the next three variables. */
  PLANTOPS_READY_FILE: z.string().min(1).optional(),
  PLANTOPS_GATEWAY_URL: httpUrl('a gateway').optional(),
  /** The URL of NATS with the tenant's edge user: nats://user:password@host:port. */
  PLANTOPS_NATS_URL: natsUrls.optional(),
  /** The bearer token of an administrator. */
  PLANTOPS_TOKEN: z.string().min(1).optional(),
  PLANTOPS_TENANT: tenantSlug.default('akron'),
  /** How many times more often than in a real plant batches and stops occur. */
  PLANTOPS_DEMO_SPEED: decimal(0.1, 60).default(1),
});
export type Config = ReturnType<typeof read>;

export function readConfig(env: NodeJS.ProcessEnv): Config {
  const config = read(env);
  const isDirect =
    config.PLANTOPS_GATEWAY_URL !== undefined &&
    config.PLANTOPS_NATS_URL !== undefined &&
    config.PLANTOPS_TOKEN !== undefined;
  if (config.PLANTOPS_READY_FILE !== undefined || isDirect) return config;
  throw new Error('Set PLANTOPS_READY_FILE, or PLANTOPS_GATEWAY_URL, PLANTOPS_NATS_URL and PLANTOPS_TOKEN.');
}
