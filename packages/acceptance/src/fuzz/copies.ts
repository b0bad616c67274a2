/** A second copy of every service: the same program and variables, with another port for the gateway. */
import { readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import type { ServiceName } from '@plantops/contracts';
import { SECRETS_FILE, type Secrets } from '@plantops/operations';
import { databaseUrlOf, type PlantUnderTest } from '@plantops/testing/plant';
import { freePort, type Running, startNodeService } from '@plantops/servers';
import { NODE_FLAGS, readSettings, ROOT, serviceProcesses } from '@plantops/plant';
import { requestsOf } from '../requests-of.ts';

const STOP_MS = 5_000;

export class Copies {
  readonly gatewayUrl: string;
  readonly #running: readonly Running[];
  readonly #natsUrl: URL;
  #ended = 0;

  private constructor(gatewayUrl: string, running: readonly Running[], natsUrl: URL) {
    this.gatewayUrl = gatewayUrl;
    this.#running = running;
    this.#natsUrl = natsUrl;
    for (const { exited } of running) void exited.then(() => (this.#ended += 1));
  }

  /** Starts them, of this checkout or of another one. */
  static async start(plant: PlantUnderTest, root = ROOT): Promise<Copies> {
    const { nats_url } = await plant.ready();
    const secrets = JSON.parse(await readFile(join(plant.dataDir, SECRETS_FILE), 'utf8')) as Secrets;
    const natsUrlFor = (user: string, password: string) => {
      const url = new URL(nats_url);
      [url.username, url.password] = [user, password];
      return url.href;
    };
    const port = await freePort();
    const settings = readSettings({ PLANTOPS_PORT: String(port), PLANTOPS_RATE_LIMIT: 'off' });
    const processes = await serviceProcesses(
      { databaseUrl: await databaseUrlOf(plant.dataDir), natsUrlFor },
      secrets,
      settings,
    );
    const running = await Promise.all(
      processes.map(({ name, entry, env }) =>
        startNodeService({
          name,
          entry: join(root, relative(ROOT, entry)),
          env,
          cwd: root,
          nodeFlags: NODE_FLAGS,
          logFile: join(plant.dataDir, 'logs', `${name}-2.log`),
        }),
      ),
    );
    const copies = new Copies(
      `http://127.0.0.1:${port}`,
      running,
      new URL(natsUrlFor('provisioner', secrets.provisioner)),
    );
    plant.beforeRemoval(() => copies.stop());
    return copies;
  }

  get ended(): number {
    return this.#ended;
  }

  /** The number of requests that each copy of a service has answered. */
  requestsOf(service: string): Promise<number[]> {
    return requestsOf(service, this.#natsUrl);
  }

  /** Whether both copies of each service have answered requests; the gateway's requests are not counted over NATS. */
  async haveAllWorked(services: readonly ServiceName[]): Promise<boolean> {
    const counts = await Promise.all(
      services.filter((name) => name !== 'gateway').map((name) => this.requestsOf(name)),
    );
    return counts.every((each) => each.length === 2 && each.every((count) => count > 0));
  }

  async stop(): Promise<void> {
    await Promise.all(this.#running.map((one) => one.stop(STOP_MS)));
  }
}
