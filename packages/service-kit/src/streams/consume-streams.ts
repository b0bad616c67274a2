/** Consumes all streams of a service, with a handler for each kind of stream. */
import { streamName, type ServiceName, type StreamKind } from '@plantops/contracts';
import pLimit from 'p-limit';
import type { Connection } from '../connection.ts';
import { observeBacklog } from '../telemetry/observe-backlog.ts';
import { observeChunks } from '../telemetry/observe-chunks.ts';
import { consumeStream, type Handle } from './consume.ts';
import { consumeTenants } from './consume-tenants.ts';
import type { DeadLetters, Delivered } from './dead-letters.ts';

/** The handlers of a service: one for each kind of stream that it listens to. */
export type Handlers = Readonly<Partial<Record<Exclude<StreamKind, 'rejected'>, Handle>>>;

/** Half of a service's database connections. Requests use the other half. */
const CHUNKS_AT_ONCE = 4;

/**
 * Consumes until stopped. Tenants take turns, one chunk each. Returns a function that stops it after the current
 * messages.
 */
export function consumeStreams(
  connection: Connection,
  service: ServiceName,
  handlers: Handlers,
  deadLetters: DeadLetters,
  timing: { readonly pauseMs?: number } = {},
): () => Promise<void> {
  const { nats, logger } = connection;
  const turn = pLimit(CHUNKS_AT_ONCE);
  const observed = observeChunks();
  const stopObserving = observeBacklog(nats, service);
  const stops = Object.entries(handlers).map(([name, handler]) => {
    const kind = name as keyof Handlers;
    const work = observed(handler);
    const options = { handle: (chunk: readonly Delivered[]) => turn(() => work(chunk)), deadLetters, ...timing };
    return kind === 'master'
      ? consumeStream(nats, logger, { ...options, durable: service, stream: streamName.master })
      : consumeTenants(nats, logger, service, kind, options);
  });
  return async () => {
    stopObserving();
    await Promise.all(stops.map((stop) => stop()));
  };
}
