/** A plant seen from outside, by its `ready.json` only: REST, and the commands that are shipped with it. */
import { spawn } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Role } from '@plantops/contracts';
import { type ReadyFile, ROOT } from '@plantops/plant';

export const FLAGS = ['--conditions=@plantops/source', '--no-warnings'];

export type Answer<T = unknown> = { readonly status: number; readonly headers: Headers; readonly body: T };
export type Finished = { readonly code: number | null; readonly output: string };

export class PlantFromOutside {
  /** The directory of its `ready.json`. */
  readonly dataDir: string;
  readonly env: NodeJS.ProcessEnv;

  protected constructor(dataDir: string, env: NodeJS.ProcessEnv) {
    this.dataDir = dataDir;
    this.env = { PATH: process.env['PATH'], HOME: process.env['HOME'], PLANTOPS_DATA_DIR: dataDir, ...env };
  }

  async ready(): Promise<ReadyFile> {
    return JSON.parse(await readFile(join(this.dataDir, 'ready.json'), 'utf8')) as ReadyFile;
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
      headers: {
        authorization: `Bearer ${tenants[tenant]?.tokens[role]}`,
        ...(body ? { 'content-type': 'application/json' } : {}),
      },
      ...(body ? { body: JSON.stringify(body) } : {}),
      signal: AbortSignal.timeout(10_000),
    });
    return { status: response.status, headers: response.headers, body: (await response.json()) as T };
  }

  /** Runs one of the commands that are shipped with the plant. */
  run(script: string, ...args: string[]): Promise<Finished> {
    const child = spawn(process.execPath, [...FLAGS, join(ROOT, script), ...args], {
      cwd: ROOT,
      env: this.env,
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: 90_000,
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
    return new Promise((resolve) => child.once('close', (code) => resolve({ code, output })));
  }

  /** Publishes line events with the command `publish-events`, from a file. The tapes of tests are old. */
  async publishEvents(events: readonly object[], tenant = 'akron'): Promise<Finished> {
    const file = join(this.dataDir, `tape-${performance.now()}.ndjson`);
    await writeFile(file, events.map((event) => `${JSON.stringify(event)}\n`).join(''));
    return this.run('packages/simulator/src/publish-events.ts', file, '--backfill', '--tenant', tenant);
  }
}
