import type { TenantStream } from '@plantops/contracts';
import type { NatsConnection } from 'nats';
import { consumeStream, type Consume } from './consume.ts';
import type { Logger } from './logger.ts';
import { provisionedStreams } from './streams.ts';

const LOOK_EVERY_MS = 2_000;

/** Consumes the streams that each tenant has of its own; a tenant added later is picked up within seconds. */
export const consumeTenants = (
  connection: NatsConnection,
  logger: Logger,
  kind: TenantStream,
  options: Omit<Consume, 'stream'>,
): (() => Promise<void>) => {
  const stops = new Map<string, () => Promise<void>>();
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;

  const look = async () => {
    try {
      for (const stream of await provisionedStreams(connection, kind)) {
        if (stopped || stops.has(stream)) continue;
        stops.set(stream, consumeStream(connection, logger, { ...options, stream }));
        logger.info({ stream }, 'listening to a tenant');
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
