import { setTimeout as delay } from 'node:timers/promises';
import { connect, ErrorCode, NatsError, type ConnectionOptions, type NatsConnection } from 'nats';

const MOST_TRIES = 10;
const PAUSE_MS = 200;
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

/** Tries ten times, 0.2 s apart, while the server reloads its configuration. Rejects with the last error. */
export async function tryDuringReload<T>(operation: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await operation();
    } catch (error) {
      if (tries >= MOST_TRIES || !(error instanceof NatsError) || !REFUSED_DURING_RELOAD.has(error.code)) throw error;
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
