/** A whole plant as a user starts it: `start` in a separate process, with its own directory and ports. */
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { waitFor } from '@plantops/fixtures';
import { findNatsServer, freePort, removePostgres } from '@plantops/servers';
import { ROOT } from '@plantops/plant';
import { keepLogs } from './kept-logs.ts';
import { FLAGS, PlantFromOutside } from './plant-from-outside.ts';

const READY_WITHIN_MS = 60_000;
const STOPPED_WITHIN_MS = 15_000;

export class PlantUnderTest extends PlantFromOutside {
  readonly #beforeRemoval: (() => Promise<void>)[] = [];
  #launcher: ChildProcess | undefined;
  #output = '';

  /** `dataDir` is a directory to use instead of a new one. It is removed with the plant. */
  static async create(env: NodeJS.ProcessEnv = {}, dataDir?: string): Promise<PlantUnderTest> {
    const [port, natsPort] = [await freePort(), await freePort()];
    const variables = {
      PLANTOPS_PORT: String(port),
      PLANTOPS_NATS_PORT: String(natsPort),
      PLANTOPS_DEMO: 'off',
      PLANTOPS_RATE_LIMIT: 'off',
      ...env,
    };
    // All plants share the server's binary, so that it is downloaded once.
    return new PlantUnderTest(dataDir ?? (await mkdtemp(join(tmpdir(), 'plantops-e2e-'))), {
      PLANTOPS_NATS_SERVER: await findNatsServer(join(ROOT, '.plantops/bin')),
      ...variables,
    });
  }

  /** Starts the plant with the code of this checkout or of another one. Returns the seconds until it was ready. */
  async start(root = ROOT): Promise<number> {
    // A killed launcher leaves its ready.json behind. Only that of this start counts.
    await rm(join(this.dataDir, 'ready.json'), { force: true });
    const began = performance.now();
    const launcher = spawn(process.execPath, [...FLAGS, join(root, 'packages/plant/src/start.ts')], {
      cwd: root,
      env: this.env,
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#launcher = launcher;
    for (const stream of [launcher.stdout, launcher.stderr])
      stream.on('data', (chunk: Buffer) => (this.#output += chunk.toString()));
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

  async pidOf(name: string): Promise<number> {
    return (await this.ready()).processes[name] as number;
  }

  /** Sends SIGINT to the launcher's process group, like Ctrl-C. Returns the seconds until it was gone. */
  async stop(): Promise<number> {
    const launcher = this.#launcher;
    if (launcher === undefined || launcher.exitCode !== null || launcher.signalCode !== null) return 0;
    const began = performance.now();
    process.kill(-(launcher.pid as number), 'SIGINT');
    await waitFor(
      'the launcher to be gone',
      () => launcher.exitCode !== null || launcher.signalCode !== null,
      STOPPED_WITHIN_MS,
    );
    return (performance.now() - began) / 1000;
  }

  /** Registers a function that runs before the plant is removed, whether the test passed or failed. */
  beforeRemoval(stop: () => Promise<void>): void {
    this.#beforeRemoval.push(stop);
  }

  /** Stops the plant and removes its directory. Keeps its logs for the reporter. */
  async remove(): Promise<void> {
    await Promise.all(this.#beforeRemoval.map((stop) => stop()));
    await this.stop();
    await keepLogs(join(this.dataDir, 'logs'));
    await removePostgres(join(this.dataDir, 'postgres'));
    await rm(this.dataDir, { recursive: true, force: true });
  }
}
