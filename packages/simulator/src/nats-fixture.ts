/** A real nats-server for tests, configured like a plant's: the streams in one account, a tenant's edge in another. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { provision } from '@plantops/service-kit';
import { findNatsServer, freePort, startNatsServer, type NatsServer } from '@plantops/servers';
import { connect, type NatsConnection, type StoredMsg } from 'nats';

const BIN_DIR = join(import.meta.dirname, '../../../.plantops/bin');
export const TENANT = 'akron';
const INGEST = `plantops.ingest.${TENANT}.>`;
const REJECTED = `plantops.rejected.${TENANT}.>`;

const configuration = (port: number, storeDir: string) => ({
  host: '127.0.0.1',
  port,
  max_payload: 1_048_576,
  jetstream: { store_dir: storeDir },
  accounts: {
    PLANT: {
      jetstream: 'enabled',
      users: [{ user: 'plant', password: 'p' }],
      exports: [{ service: INGEST }, { stream: REJECTED }],
    },
    EDGE: {
      users: [
        { user: 'edge', password: 'e', permissions: { publish: [INGEST], subscribe: ['_INBOX.>', REJECTED] } },
        {
          user: 'stranger',
          password: 's',
          permissions: { publish: ['plantops.ingest.globex.>'], subscribe: ['_INBOX.>'] },
        },
      ],
      imports: [
        { service: { account: 'PLANT', subject: INGEST } },
        { stream: { account: 'PLANT', subject: REJECTED } },
      ],
    },
  },
});

export class NatsFixture {
  readonly dir: string;
  /** A connection of the plant, which reads the stored messages and can answer as PlantOps does. */
  readonly plant: NatsConnection;
  #server: NatsServer;
  readonly #binary: string;

  private constructor(dir: string, plant: NatsConnection, server: NatsServer, binary: string) {
    this.dir = dir;
    this.plant = plant;
    this.#server = server;
    this.#binary = binary;
  }

  static async start(): Promise<NatsFixture> {
    const dir = await mkdtemp(join(tmpdir(), 'simulator-'));
    const binary = await findNatsServer(BIN_DIR);
    await writeFile(join(dir, 'nats.conf'), JSON.stringify(configuration(await freePort(), join(dir, 'js'))));
    const server = await startNatsServer({
      binary,
      configFile: join(dir, 'nats.conf'),
      logFile: join(dir, 'nats.log'),
    });
    try {
      await provision(server.url.replace('//', '//plant:p@'), [TENANT]);
      const plant = await connect({
        servers: server.url,
        user: 'plant',
        pass: 'p',
        maxReconnectAttempts: -1,
        reconnectTimeWait: 100,
      });
      return new NatsFixture(dir, plant, server, binary);
    } catch (error) {
      await server.stop();
      throw error;
    }
  }

  get url(): string {
    return this.#server.url;
  }

  /** Kills the server. */
  async kill(): Promise<void> {
    process.kill(this.#server.pid, 'SIGKILL');
    await this.#server.exited;
  }

  /** Starts it again on the same data and port. */
  async restart(): Promise<void> {
    this.#server = await startNatsServer({
      binary: this.#binary,
      configFile: join(this.dir, 'nats.conf'),
      logFile: join(this.dir, 'nats.log'),
    });
  }

  /** The messages of the tenant's stream, in order. */
  async stored(): Promise<StoredMsg[]> {
    const { streams } = await this.plant.jetstreamManager();
    const { state } = await streams.info(`INGEST_${TENANT}`);
    const messages: StoredMsg[] = [];
    for (let seq = state.first_seq; seq <= state.last_seq; seq += 1)
      messages.push(await streams.getMessage(`INGEST_${TENANT}`, { seq }));
    return messages;
  }

  async stop(): Promise<void> {
    await this.plant.close();
    await this.#server.stop();
    await rm(this.dir, { recursive: true, force: true });
  }
}
