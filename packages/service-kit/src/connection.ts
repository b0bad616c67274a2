/**
 * A connection to NATS that reconnects for ever. When it is closed by an error, the process ends and is started again.
 */
import { Events, type NatsConnection } from 'nats';
import { connectPatiently } from './connect-patiently.ts';
import { connectionOptions } from './connection-options.ts';
import type { Logger } from './process/logger.ts';

/**
 * The client does not notice that a server ends during its handshake: it waits this long. A read that is in hand then is
 * asked again after the reconnect, before its deadline of 5 s.
 */
const ATTEMPT_MS = 2_000;

export class Connection {
  readonly nats: NatsConnection;
  readonly logger: Logger;
  readonly #onChange = new Set<(connected: boolean) => void>();
  #connected = true;
  #number = 0;

  private constructor(nats: NatsConnection, logger: Logger) {
    this.nats = nats;
    this.logger = logger;
  }

  /** Connects under the service's own user; waits for a server that is not up yet. */
  static async open(name: string, url: string, logger: Logger): Promise<Connection> {
    const nats = await connectPatiently({
      ...connectionOptions(url),
      name,
      // Each user has its own inbox, so that a user who may read `_INBOX.>` does not see the answers to others.
      inboxPrefix: `_INBOX_${name}`,
      maxReconnectAttempts: -1,
      reconnectTimeWait: 250,
      reconnectJitter: 250,
      waitOnFirstConnect: true,
      pingInterval: 5_000,
      maxPingOut: 2,
      timeout: ATTEMPT_MS,
      ignoreAuthErrorAbort: true,
      // Recording a stack trace for each request costs half of a requester's CPU.
      noAsyncTraces: true,
    });
    void failWhenClosed(nats);
    const connection = new Connection(nats, logger);
    void connection.#watch();
    return connection;
  }

  /** False while NATS cannot be reached. The client reconnects by itself. */
  get connected(): boolean {
    return this.#connected && !this.nats.isClosed();
  }

  /** The number of times that the connection was lost: it identifies the connection in use. */
  get number(): number {
    return this.#number;
  }

  /**
   * Calls the listener when the connection is lost and when it is back. Returns a function that removes the listener.
   */
  onChange(listener: (connected: boolean) => void): () => void {
    this.#onChange.add(listener);
    return () => void this.#onChange.delete(listener);
  }

  /**
   * Calls the listener after each reconnect: the server may have lost messages. Returns a function that removes the
   * listener.
   */
  onReconnect(listener: () => void): () => void {
    return this.onChange((connected) => {
      if (connected) listener();
    });
  }

  async #watch(): Promise<void> {
    for await (const { type } of this.nats.status()) {
      if (type === Events.Disconnect) {
        this.#connected = false;
        this.#number += 1;
      } else if (type === Events.Reconnect) this.#connected = true;
      else continue;
      this.logger.warn({ connected: this.#connected }, 'the connection to NATS');
      for (const listener of this.#onChange) listener(this.#connected);
    }
  }

  async close(): Promise<void> {
    await this.nats.drain();
  }
}

/** Rejects when an error closed the connection. Nothing handles the rejection, so it ends the process. */
async function failWhenClosed(connection: NatsConnection): Promise<void> {
  const error = await connection.closed();
  if (error) throw error;
}
