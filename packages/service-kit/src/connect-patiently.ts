import { setTimeout as delay } from 'node:timers/promises';
import { connect, ErrorCode, NatsError, type ConnectionOptions, type NatsConnection } from 'nats';

const MOST_TRIES = 10;
const PAUSE_MS = 200;
/** Errors of nats-server 2.9 for a client that connects while the server reloads its users. */
const REFUSED_DURING_RELOAD: ReadonlySet<string> = new Set([
  ErrorCode.AuthorizationViolation,
  ErrorCode.AuthenticationTimeout,
  ErrorCode.ConnectionClosed,
  // Such a client may also be left without an answer.
  ErrorCode.Timeout,
]);

/**
 * Connects to NATS. A server that reloads its configuration refuses clients for a moment, or does not answer them, so
 * the client tries ten times, 0.2 s apart. After that, user or password are wrong. Rejects with the last error.
 */
export async function connectPatiently(options: ConnectionOptions): Promise<NatsConnection> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await connect(options);
    } catch (error) {
      if (tries >= MOST_TRIES || !(error instanceof NatsError) || !REFUSED_DURING_RELOAD.has(error.code)) throw error;
      await delay(PAUSE_MS);
    }
  }
}
