/** A copy of the service as a process of its own, which can be killed. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { natsUrlOf } from '@plantops/testing';

const FLAGS = ['--conditions=@plantops/source', '--no-warnings'];

export class ConnectorProcess {
  readonly #process: ChildProcess;

  private constructor(child: ChildProcess) {
    this.#process = child;
  }

  static start(databaseUrl: string): ConnectorProcess {
    const entry = join(import.meta.dirname, 'main.ts');
    const env = {
      PATH: process.env['PATH'],
      PLANTOPS_LOG_LEVEL: process.env['PLANTOPS_TEST_LOG'] ?? 'fatal',
      PLANTOPS_NATS_URL: natsUrlOf('connect'),
      PLANTOPS_DATABASE_URL: databaseUrl,
      PLANTOPS_CONNECT_ALLOW: '127.0.0.1',
    };
    return new ConnectorProcess(
      spawn(process.execPath, [...FLAGS, entry], { env, stdio: ['ignore', 'inherit', 'inherit'] }),
    );
  }

  /** Ends it at once, as a loss of power would. */
  async kill(): Promise<void> {
    const ended = once(this.#process, 'exit');
    if (this.#process.exitCode === null && this.#process.kill('SIGKILL')) await ended;
  }
}
