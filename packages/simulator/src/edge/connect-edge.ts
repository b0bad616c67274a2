/** The connection of an edge system: a plain NATS client with the tenant's edge user. */
import { setTimeout as delay } from 'node:timers/promises';
import { connectionOptions } from '@plantops/service-kit';
import { connect, ErrorCode, Events, NatsError, type JetStreamClient, type NatsConnection } from 'nats';

export type NatsAddress = {
  /** May contain the user: nats://user:password@host:port. */
  readonly url: string;
  readonly user?: string | undefined;
  readonly password?: string | undefined;
};

export type Edge = {
  readonly connection: NatsConnection;
  readonly jetstream: JetStreamClient;
  /** Aborted when nothing more will be sent. */
  readonly signal: AbortSignal;
  /** Resolves when there is a connection, or when the signal is aborted. */
  readonly online: () => Promise<void>;
};

const AGAIN_MS = 250;

/**
 * Connects, and reconnects for ever. A server that does not listen yet is retried for `firstWaitMs`. A server that
 * refuses the user is not retried.
 */
export async function connectEdge(
  name: string,
  address: NatsAddress,
  firstWaitMs: number,
  signal: AbortSignal,
): Promise<Edge> {
  const connection = await firstConnection(name, address, performance.now() + firstWaitMs, signal);
  let gate = Promise.withResolvers<void>();
  gate.resolve();
  // After an abort, nobody may wait for a connection any more.
  signal.addEventListener('abort', () => gate.resolve(), { once: true });
  const watch = async () => {
    for await (const { type } of connection.status()) {
      if (type === Events.Disconnect && !signal.aborted) gate = Promise.withResolvers<void>();
      if (type === Events.Reconnect) gate.resolve();
    }
  };
  void watch();
  return { connection, jetstream: connection.jetstream(), signal, online: () => gate.promise };
}

async function firstConnection(
  name: string,
  address: NatsAddress,
  deadline: number,
  signal: AbortSignal,
): Promise<NatsConnection> {
  for (;;) {
    signal.throwIfAborted();
    try {
      return await connect(optionsFor(name, address));
    } catch (error) {
      const away =
        error instanceof NatsError && (error.code === ErrorCode.ConnectionRefused || error.code === ErrorCode.Timeout);
      if (!away || performance.now() >= deadline) throw explained(error, address);
    }
    await delay(AGAIN_MS);
  }
}

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
  // A server that just restarted may refuse its users for a moment.
  ignoreAuthErrorAbort: true,
  // Recording a stack trace for each request costs half of a requester's CPU.
  noAsyncTraces: true,
});

function explained(error: unknown, { url, user }: NatsAddress): Error {
  const where = url.replaceAll(/\/\/[^@/]*@/g, '//');
  if (!(error instanceof NatsError))
    return new Error(`"${where}" cannot be reached: ${error instanceof Error ? error.message : String(error)}`);
  if (error.isAuthError())
    return new Error(
      `NATS at ${where} refuses ${user ? `the user ${user}` : 'this user'}: use the edge user and password of the tenant, as ready.json has them.`,
    );
  return new Error(`There is no NATS server at ${where} (${error.code}): is the plant running?`);
}
