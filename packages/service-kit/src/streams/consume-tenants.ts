import { consumerName, streamName, type ServiceName, type StreamKind } from '@plantops/contracts';
import type { NatsConnection } from 'nats';
import { consumeStream, type Consume } from './consume.ts';
import type { Logger } from '../process/logger.ts';
import { provisionedTenants } from './streams.ts';

const LOOK_EVERY_MS = 2_000;

/**
 * Consumes each tenant's part of a kind of stream. Finds a tenant that is added later within seconds. Returns a
 * function that stops it after the current messages.
 */
export function consumeTenants(
  connection: NatsConnection,
  logger: Logger,
  service: ServiceName,
  kind: Exclude<StreamKind, 'master' | 'rejected'>,
  options: Omit<Consume, 'stream' | 'durable'>,
): () => Promise<void> {
  const stops = new Map<string, () => Promise<void>>();
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;

  const look = async () => {
    try {
      for (const tenant of await provisionedTenants(connection)) {
        if (stopped || stops.has(tenant)) continue;
        const stream = kind === 'events' ? streamName.events : streamName[kind](tenant);
        stops.set(
          tenant,
          consumeStream(connection, logger, { ...options, stream, durable: consumerName(service, kind, tenant) }),
        );
        logger.info({ tenant, stream }, 'listening to a tenant');
      }
    } catch (error) {
      logger.warn({ reason: String(error) }, 'the tenants could not be listed; trying again');
    }
    if (!stopped) timer = setTimeout(() => void look(), LOOK_EVERY_MS);
  };
  void look();
  return async () => {
    stopped = true;
    clearTimeout(timer);
    await Promise.all([...stops.values()].map((stop) => stop()));
  };
}
