/** A plant of containers, as `docker compose up` starts it, with its own project, images and ports. */
import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { serviceNames } from '@plantops/contracts';
import { edgeUser, FIRST_TENANTS, tokensOf, writeJsonFile, type Secrets } from '@plantops/operations';
import { waitFor } from '@plantops/fixtures';
import { freePort, runCommand } from '@plantops/servers';
import { type ReadyFile, ROOT } from '@plantops/plant';
import { PlantFromOutside, type Finished } from '@plantops/testing/plant';
import { natsConfFor } from './compose-command.ts';

const NATS_IMAGE = 'nats:2.12-alpine';
const STEP_MS = 900_000;

export class ComposePlant extends PlantFromOutside {
  readonly #compose: readonly string[];

  private constructor(compose: readonly string[], dataDir: string, env: NodeJS.ProcessEnv) {
    super(dataDir, env);
    this.#compose = compose;
  }

  static async create(compose: readonly string[]): Promise<ComposePlant> {
    const dataDir = await mkdtemp(join(tmpdir(), 'plantops-compose-'));
    // The images have their own tag, so that existing images do not change.
    const versions = ['operations', ...serviceNames].map((name) => [
      `PLANTOPS_${name.toUpperCase().replaceAll('-', '_')}_VERSION`,
      'e2e',
    ]);
    return new ComposePlant(compose, dataDir, {
      ...Object.fromEntries(versions),
      ...Object.fromEntries(Object.entries(process.env).filter(([name]) => name.startsWith('DOCKER_'))),
      COMPOSE_PROJECT_NAME: basename(dataDir).toLowerCase(),
      PLANTOPS_COMPOSE: compose.join(' '),
      PLANTOPS_BUILD_NETWORK: 'host',
      PLANTOPS_PORT: String(await freePort()),
      PLANTOPS_NATS_PORT: String(await freePort()),
      PLANTOPS_NATS_CONF: await natsConfFor(NATS_IMAGE),
      PLANTOPS_RATE_LIMIT: 'off',
    });
  }

  /** Builds missing images, starts everything, and writes ready.json. */
  async up(): Promise<void> {
    await this.compose('build');
    await this.start();
    await writeJsonFile(join(this.dataDir, 'ready.json'), await this.#readReady());
  }

  /** Starts containers that do not run. Resolves when the gateway answers. */
  async start(): Promise<void> {
    await this.compose('up', '--detach');
    const readiness = `http://127.0.0.1:${this.env['PLANTOPS_PORT']}/readyz`;
    await waitFor(
      'the gateway to answer',
      async () => (await fetch(readiness, { headers: { connection: 'close' } })).ok,
      60_000,
    );
  }

  /** Runs compose and returns its output. Rejects with the output when it fails. */
  async compose(...args: string[]): Promise<string> {
    const [command, ...first] = this.#compose as [string, ...string[]];
    const { code, output } = await this.finish(command, ...first, ...args);
    if (code !== 0) throw new Error(`compose ${args.join(' ')} ended with ${code}:\n${output.slice(-4_000)}`);
    return output;
  }

  /** Runs a command in the root of the repository. */
  finish(command: string, ...args: string[]): Promise<Finished> {
    const child = spawn(command, args, {
      cwd: ROOT,
      env: this.env,
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: STEP_MS,
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
    return new Promise((resolve, reject) =>
      child.once('error', reject).once('close', (code) => resolve({ code, output })),
    );
  }

  /** The containers of a service, also those that have ended. */
  async containersOf(service: string): Promise<string[]> {
    const labels = [`project=${this.env['COMPOSE_PROJECT_NAME']}`, `service=${service}`, 'oneoff=False'];
    const filters = labels.flatMap((label) => ['--filter', `label=com.docker.compose.${label}`]);
    return (await runCommand('docker', ['ps', '--all', '--quiet', ...filters])).split('\n').filter(Boolean);
  }

  /** Runs a command in the first container of a service and returns its output. */
  async inside(service: string, ...command: string[]): Promise<string> {
    const [first] = await this.containersOf(service);
    return runCommand('docker', ['exec', first as string, ...command]);
  }

  /** Inspects each container of a service. */
  async inspect(service: string, format: string): Promise<string[]> {
    const containers = await this.containersOf(service);
    return (await runCommand('docker', ['inspect', '--format', format, ...containers])).split('\n');
  }

  /** The URL of NATS with the user `provisioner`, who may ask services for their statistics. */
  async brokerUrl(): Promise<URL> {
    const { provisioner } = await this.#secret<Secrets>('secrets.json');
    return Object.assign(new URL((await this.ready()).nats_url), { username: 'provisioner', password: provisioner });
  }

  async remove(): Promise<void> {
    await this.compose('down', '--volumes', '--remove-orphans', '--timeout', '5');
    await rm(this.dataDir, { recursive: true, force: true });
  }

  async #readReady(): Promise<ReadyFile> {
    const { jwt } = await this.#secret<Secrets>('secrets.json');
    const tenants = await Promise.all(
      FIRST_TENANTS.map(async (tenant) => {
        const { edge_password: password } = await this.#secret<{ edge_password: string }>(`tenants/${tenant}.json`);
        return [tenant, { tokens: await tokensOf(jwt, tenant), edge: { user: edgeUser(tenant), password } }] as const;
      }),
    );
    return {
      gateway_url: `http://127.0.0.1:${this.env['PLANTOPS_PORT']}`,
      nats_url: `nats://127.0.0.1:${this.env['PLANTOPS_NATS_PORT']}`,
      tenants: Object.fromEntries(tenants),
      processes: {},
    };
  }

  async #secret<T>(file: string): Promise<T> {
    const output = await this.compose('run', '--rm', '-T', '--no-deps', 'secrets', 'cat', `/volumes/plant/${file}`);
    // Compose prints its own progress too.
    return JSON.parse(output.slice(output.indexOf('{'), output.lastIndexOf('}') + 1)) as T;
  }
}
