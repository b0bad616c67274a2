/**
 * A nats-server that loses acknowledged messages, as after a power loss: its files are restored or deleted while it is
 * down.
 */
import { cp, rename, rm } from 'node:fs/promises';
import { createConnection } from 'node:net';
import { join } from 'node:path';
import { waitFor } from '@plantops/fixtures';
import type { PlantUnderTest } from '@plantops/testing/plant';

const STREAMS = ['EVENTS', 'MASTER', 'INGEST_akron'];

export class ForgetfulNats {
  readonly #plant: PlantUnderTest;
  readonly #store: string;
  readonly #kept: string;

  constructor(plant: PlantUnderTest) {
    this.#plant = plant;
    this.#store = join(plant.dataDir, 'jetstream');
    this.#kept = join(plant.dataDir, 'messages-on-disk');
  }

  #messagesOf(stream: string): string {
    return join(this.#store, 'jetstream/PLANT/streams', stream, 'msgs');
  }

  /** Copies the files as the disk would have them after a power loss now. */
  async remember(): Promise<void> {
    for (const stream of STREAMS) await cp(this.#messagesOf(stream), join(this.#kept, stream), { recursive: true });
  }

  /** Kills the server. It starts again with the copied messages and the present positions of its consumers. */
  loseTail(): Promise<void> {
    return this.#whileDown(async () => {
      for (const stream of STREAMS) {
        await rm(this.#messagesOf(stream), { recursive: true });
        await rename(join(this.#kept, stream), this.#messagesOf(stream));
      }
    });
  }

  /** Kills the server. It starts again without any data. */
  loseEverything(): Promise<void> {
    return this.#whileDown(() => rm(this.#store, { recursive: true }));
  }

  async #whileDown(work: () => Promise<void>): Promise<void> {
    const before = await this.#plant.ready();
    const conf = join(this.#plant.dataDir, 'nats.conf');
    // Without its configuration it cannot start too early.
    await rename(conf, `${conf}.away`);
    process.kill(before.processes['nats-server'] as number, 'SIGKILL');
    await waitFor('nats-server to be down', async () => !(await answers(Number(new URL(before.nats_url).port))));
    await work();
    await rename(`${conf}.away`, conf);
    await waitFor(
      'nats-server to run again',
      async () => (await this.#plant.pidOf('nats-server')) !== before.processes['nats-server'],
      20_000,
    );
  }
}

const answers = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = createConnection({ host: '127.0.0.1', port });
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });
