import { setTimeout as delay } from 'node:timers/promises';
import { connect, ErrorCode, NatsError, type ConnectionOptions, type NatsConnection } from 'nats';

const MOST_TRIES = 10;
const PAUSE_MS = 200;
const RETRIED_WITHIN_MS = 20_000;
/** Errors of nats-server 2.9 for a client that connects or asks while the server reloads its users. */
const REFUSED_DURING_RELOAD: ReadonlySet<string> = new Set([
  ErrorCode.AuthorizationViolation,
  ErrorCode.AuthenticationTimeout,
  ErrorCode.ConnectionClosed,
  // Such a client may also be left without an answer.
  ErrorCode.Timeout,
  // For a moment its account may have no JetStream.
  ErrorCode.NoResponders,
]);

/**
 * Tries again while the server reloads its configuration: at most ten times, 0.2 s apart, and not after 20 s. Rejects
 * with the last error.
 */
export async function tryDuringReload<T>(operation: () => Promise<T>): Promise<T> {
  const began = performance.now();
  for (let tries = 1; ; tries += 1) {
    try {
      return await operation();
    } catch (error) {
      const isOver = tries >= MOST_TRIES || performance.now() - began > RETRIED_WITHIN_MS;
      if (isOver || !(error instanceof NatsError) || !REFUSED_DURING_RELOAD.has(error.code)) throw error;
      await delay(PAUSE_MS);
    }
  }
}

/**
 * Connects to NATS. A server that reloads its configuration refuses clients for a moment, or does not answer them, so
 * the client tries again. After that, user or password are wrong.
 */
export function connectPatiently(options: ConnectionOptions): Promise<NatsConnection> {
  return tryDuringReload(() => connect(options));
}
