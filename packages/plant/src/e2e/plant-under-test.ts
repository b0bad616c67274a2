/** A whole plant as a stranger starts it: `start` as a process of its own, in a directory and on ports of its own. */
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Role } from '@plantops/contracts';
import { waitFor } from '@plantops/testing';
import { findNatsServer } from '../embedded/find-nats-server.ts';
import { removePostgres } from '../embedded/postgres-home.ts';
import { freePort } from '../free-port.ts';
import type { ReadyFile } from '../ready-file.ts';
import { ROOT } from '../service-processes.ts';

const READY_WITHIN_MS = 60_000;
const STOPPED_WITHIN_MS = 15_000;
const FLAGS = ['--conditions=@plantops/source', '--no-warnings'];

export type Answer<T = unknown> = { readonly status: number; readonly headers: Headers; readonly body: T };
export type Finished = { readonly code: number | null; readonly output: string };

export class PlantUnderTest {
  readonly dataDir: string;
  readonly #env: NodeJS.ProcessEnv;
  #launcher: ChildProcess | undefined;
  #output = '';

  private constructor(dataDir: string, env: NodeJS.ProcessEnv) {
    this.dataDir = dataDir;
    this.#env = env;
  }

  static async create(env: NodeJS.ProcessEnv = {}): Promise<PlantUnderTest> {
    const dataDir = await mkdtemp(join(tmpdir(), 'plantops-e2e-'));
    const [port, natsPort] = [await freePort(), await freePort()];
    const variables = {
      PATH: process.env['PATH'],
      HOME: process.env['HOME'],
      PLANTOPS_DATA_DIR: dataDir,
      PLANTOPS_PORT: String(port),
      PLANTOPS_NATS_PORT: String(natsPort),
      PLANTOPS_DEMO: 'off',
      PLANTOPS_RATE_LIMIT: 'off',
      ...env,
    };
    // The server's binary is the same everywhere: it is not fetched again for each plant.
    return new PlantUnderTest(dataDir, { PLANTOPS_NATS_SERVER: await findNatsServer(join(ROOT, '.plantops/bin')), ...variables });
  }

  /** Starts the plant, by the code of this checkout or of another one; the seconds until it was ready. */
  async start(root = ROOT): Promise<number> {
    // A launcher that was killed leaves its file behind; only the one of this start counts.
    await rm(join(this.dataDir, 'ready.json'), { force: true });
    const began = performance.now();
    const launcher = spawn(process.execPath, [...FLAGS, join(root, 'packages/plant/src/start.ts')], {
      cwd: root,
      env: this.#env,
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#launcher = launcher;
    for (const stream of [launcher.stdout, launcher.stderr]) stream.on('data', (chunk: Buffer) => (this.#output += chunk.toString()));
    await waitFor(
      'ready.json',
      async () => {
        if (launcher.exitCode !== null) throw new Error(`the plant did not start:\n${this.#output}`);
        return (await this.ready().catch(() => undefined)) !== undefined;
      },
      READY_WITHIN_MS,
    );
    return (performance.now() - began) / 1000;
  }

  get output(): string {
    return this.#output;
  }

  get launcherPid(): number {
    return this.#launcher?.pid as number;
  }

  async ready(): Promise<ReadyFile> {
    return JSON.parse(await readFile(join(this.dataDir, 'ready.json'), 'utf8')) as ReadyFile;
  }

  async pidOf(name: string): Promise<number> {
    return (await this.ready()).processes[name] as number;
  }

  /** A request through the gateway with a development token. */
  async rest<T>(
    method: string,
    path: string,
    body?: object,
    { tenant = 'akron', role = 'admin' }: { tenant?: string; role?: Role } = {},
  ): Promise<Answer<T>> {
    const { gateway_url, tenants } = await this.ready();
    const response = await fetch(`${gateway_url}/api/v1/plant-ops${path}`, {
      method,
      headers: { authorization: `Bearer ${tenants[tenant]?.tokens[role]}`, ...(body ? { 'content-type': 'application/json' } : {}) },
      ...(body ? { body: JSON.stringify(body) } : {}),
      signal: AbortSignal.timeout(10_000),
    });
    return { status: response.status, headers: response.headers, body: (await response.json()) as T };
  }

  /** Runs one of the commands that ship with the plant. */
  run(script: string, ...args: string[]): Promise<Finished> {
    const child = spawn(process.execPath, [...FLAGS, join(ROOT, script), ...args], {
      cwd: ROOT,
      env: this.#env,
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: 90_000,
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
    return new Promise((resolve) => child.once('close', (code) => resolve({ code, output })));
  }

  /** Publishes line events with the command `publish-events`, from a file as a person would. */
  async publishEvents(events: readonly object[], tenant = 'akron'): Promise<Finished> {
    const file = join(this.dataDir, `tape-${performance.now()}.ndjson`);
    await writeFile(file, events.map((event) => `${JSON.stringify(event)}\n`).join(''));
    return this.run('packages/simulator/src/publish-events.ts', file, '--tenant', tenant);
  }

  /** Ctrl-C: SIGINT to the launcher's process group; the seconds until it was gone. */
  async stop(): Promise<number> {
    const launcher = this.#launcher;
    if (launcher === undefined || launcher.exitCode !== null || launcher.signalCode !== null) return 0;
    const began = performance.now();
    process.kill(-(launcher.pid as number), 'SIGINT');
    await waitFor('the launcher to be gone', () => launcher.exitCode !== null || launcher.signalCode !== null, STOPPED_WITHIN_MS);
    return (performance.now() - began) / 1000;
  }

  async remove(): Promise<void> {
    await this.stop();
    await removePostgres(join(this.dataDir, 'postgres'));
    await rm(this.dataDir, { recursive: true, force: true });
  }
}
