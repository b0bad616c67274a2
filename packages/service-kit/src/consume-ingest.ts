import { streamName } from '@plantops/contracts';
import type { NatsConnection } from 'nats';
import { consumeStream, type Consume } from './consume.ts';
import type { Logger } from './logger.ts';
import { provisionedTenants } from './streams.ts';

const LOOK_EVERY_MS = 2_000;

/** Consumes the line events of every tenant, each from its own stream; a tenant added later is picked up within seconds. */
export const consumeIngest = (connection: NatsConnection, logger: Logger, options: Omit<Consume, 'stream'>): (() => Promise<void>) => {
  const stops = new Map<string, () => Promise<void>>();
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;

  const look = async () => {
    try {
      for (const tenant of await provisionedTenants(connection)) {
        if (stopped || stops.has(tenant)) continue;
        stops.set(tenant, consumeStream(connection, logger, { ...options, stream: streamName.ingest(tenant) }));
        logger.info({ tenant }, 'listening to line events');
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
};
