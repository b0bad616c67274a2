/** A broker of MQTT in this process, which keeps its sessions over a restart. */
import { createServer, type AddressInfo, type Server } from 'node:net';
import { Aedes } from 'aedes';
import { connectAsync, type MqttClient } from 'mqtt';

export class TestBroker {
  readonly #clients: MqttClient[] = [];
  #broker: (Aedes & { readonly persistence?: unknown }) | undefined;
  #server!: Server;
  #port = 0;
  #password: string | undefined;
  /** How many sessions have begun, devices' included. */
  begun = 0;

  static async start(): Promise<TestBroker> {
    const broker = new TestBroker();
    await broker.start();
    return broker;
  }

  get url(): string {
    return `mqtt://127.0.0.1:${this.#port}`;
  }

  get connected(): number {
    return this.#broker?.connectedClients ?? 0;
  }

  /** Starts it, again on the same port. */
  async start(): Promise<void> {
    const persistence = this.#broker?.persistence;
    const broker = await Aedes.createBroker(persistence === undefined ? {} : { persistence });
    broker.authenticate = (_client, _user, given, done) =>
      done(null, this.#password === undefined || given?.toString() === this.#password);
    broker.on('clientReady', () => (this.begun += 1));
    this.#broker = broker;
    this.#server = createServer((socket) => broker.handle(socket));
    await new Promise<void>((resolve) => this.#server.listen(this.#port, '127.0.0.1', resolve));
    this.#port = (this.#server.address() as AddressInfo).port;
  }

  /** Cuts every connection. Sessions are kept for the next start. */
  async stop(): Promise<void> {
    const closed = new Promise<void>((resolve) => this.#server.close(() => resolve()));
    await new Promise<void>((resolve) => this.#broker?.close(resolve));
    await closed;
  }

  /** Lets only those in from now on who know the password. */
  requirePassword(password: string): void {
    this.#password = password;
  }

  /** A client of the broker, as a device is. */
  async client(options: object = {}): Promise<MqttClient> {
    const client = await connectAsync(this.url, { reconnectPeriod: 100, ...options });
    this.#clients.push(client);
    return client;
  }

  /** Ends it and its clients. */
  async end(): Promise<void> {
    await Promise.all(this.#clients.map((client) => client.endAsync(true)));
    await this.stop();
  }
}
