/** A connection to NATS that is kept for ever. A process whose connection is closed for good ends and is started again. */
import { Events, type NatsConnection } from 'nats';
import { connectPatiently } from './connect-patiently.ts';
import { connectionOptions } from './connection-options.ts';
import type { Logger } from './process/logger.ts';

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
      // An inbox of its own: another user's permission to read `_INBOX.>` shows it none of our answers.
      inboxPrefix: `_INBOX_${name}`,
      maxReconnectAttempts: -1,
      reconnectTimeWait: 250,
      reconnectJitter: 250,
      waitOnFirstConnect: true,
      pingInterval: 5_000,
      maxPingOut: 2,
      timeout: 5_000,
      ignoreAuthErrorAbort: true,
      // Stack traces for each request cost half of a requester's CPU.
      noAsyncTraces: true,
    });
    void failWhenClosed(nats);
    const connection = new Connection(nats, logger);
    void connection.#watch();
    return connection;
  }

  /** False while NATS is away. The client reconnects by itself. */
  get connected(): boolean {
    return this.#connected && !this.nats.isClosed();
  }

  /** The number of times that the connection was lost: it identifies the connection in use. */
  get number(): number {
    return this.#number;
  }

  /** Calls the listener when the connection is lost and when it is there again. Returns how to stop. */
  onChange(listener: (connected: boolean) => void): () => void {
    this.#onChange.add(listener);
    return () => void this.#onChange.delete(listener);
  }

  /** Calls the listener when the connection is there again after a loss: the server may have lost messages. Returns how to stop. */
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

/** A connection is closed on purpose only. Closed by an error, it ends the process: nobody handles this rejection. */
async function failWhenClosed(connection: NatsConnection): Promise<void> {
  const error = await connection.closed();
  if (error) throw error;
}
