import { setTimeout as delay } from 'node:timers/promises';
import { connect, ErrorCode, NatsError, type ConnectionOptions, type NatsConnection } from 'nats';

const MOST_TRIES = 10;
const PAUSE_MS = 200;
/** How nats-server 2.9 refuses a client that has connected, but not authenticated yet, while the server reads its users again. */
const REFUSED_DURING_RELOAD: ReadonlySet<string> = new Set([
  ErrorCode.AuthorizationViolation,
  ErrorCode.AuthenticationTimeout,
  ErrorCode.ConnectionClosed,
]);

/**
 * Connects. A server that reads its configuration again refuses clients for an instant, so it is tried again for two seconds; only then are
 * the user and password wrong. Rejects with the last error.
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
