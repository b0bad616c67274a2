/** The connection of an edge system: a stock client under a tenant's own NATS user. */
import { setTimeout as delay } from 'node:timers/promises';
import { connectionOptions } from '@plantops/service-kit';
import { connect, ErrorCode, Events, NatsError, type JetStreamClient, type NatsConnection } from 'nats';

export type NatsAddress = {
  /** May hold the user: nats://user:password@host:port. */
  readonly url: string;
  readonly user?: string | undefined;
  readonly password?: string | undefined;
};

export type Edge = {
  readonly connection: NatsConnection;
  readonly jetstream: JetStreamClient;
  /** Aborted when nothing is to be sent any more. */
  readonly signal: AbortSignal;
  /** Resolves while there is a connection, and when the signal is aborted. */
  readonly online: () => Promise<void>;
};

const AGAIN_MS = 250;

/**
 * Connects, and from then on again for ever. A server that does not listen yet is tried for `firstWaitMs`; one that refuses
 * the user is not.
 */
export const connectEdge = async (name: string, address: NatsAddress, firstWaitMs: number, signal: AbortSignal): Promise<Edge> => {
  const connection = await firstConnection(name, address, performance.now() + firstWaitMs, signal);
  let gate = Promise.withResolvers<void>();
  gate.resolve();
  // Nobody may wait at a gate that will not be opened.
  signal.addEventListener('abort', () => gate.resolve(), { once: true });
  const watch = async () => {
    for await (const { type } of connection.status()) {
      if (type === Events.Disconnect && !signal.aborted) gate = Promise.withResolvers<void>();
      if (type === Events.Reconnect) gate.resolve();
    }
  };
  void watch();
  return { connection, jetstream: connection.jetstream(), signal, online: () => gate.promise };
};

const firstConnection = async (name: string, address: NatsAddress, deadline: number, signal: AbortSignal): Promise<NatsConnection> => {
  for (;;) {
    signal.throwIfAborted();
    try {
      return await connect(optionsFor(name, address));
    } catch (error) {
      const away = error instanceof NatsError && (error.code === ErrorCode.ConnectionRefused || error.code === ErrorCode.Timeout);
      if (!away || performance.now() >= deadline) throw explained(error, address);
    }
    await delay(AGAIN_MS);
  }
};

const optionsFor = (name: string, { url, user, password }: NatsAddress) => ({
  ...connectionOptions(url),
  ...(user ? { user, pass: password } : {}),
  name,
  timeout: 5_000,
  maxReconnectAttempts: -1,
  reconnectTimeWait: AGAIN_MS,
  reconnectJitter: AGAIN_MS,
  pingInterval: 5_000,
  maxPingOut: 2,
  // A server that has just been started again may not know its users for a moment.
  ignoreAuthErrorAbort: true,
  // Stack traces for each request cost half of a requester's CPU.
  noAsyncTraces: true,
});

const explained = (error: unknown, { url, user }: NatsAddress): Error => {
  const where = url.replaceAll(/\/\/[^@/]*@/g, '//');
  if (!(error instanceof NatsError))
    return new Error(`"${where}" cannot be connected to: ${error instanceof Error ? error.message : String(error)}`);
  if (error.isAuthError())
    return new Error(
      `NATS at ${where} does not let ${user ? `the user ${user}` : 'this user'} in: use the edge user and password of the tenant, as ready.json has them.`,
    );
  return new Error(`There is no NATS server at ${where} (${error.code}): is the plant started?`);
};
