/** Starts the process that makes the load, and gives it one job after the other. */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import type { Answer, Done, Job } from './jobs.ts';

export class Loader {
  readonly #child: ChildProcess;
  readonly #gone: Promise<unknown>;

  constructor() {
    // Detached: Ctrl-C must reach the bench alone, which ends its processes in order.
    this.#child = fork(new URL('./process.ts', import.meta.url), { detached: true });
    this.#gone = once(this.#child, 'exit');
  }

  /** Resolves when the job is done. Rejects when it failed as a whole, or when the process is gone. */
  async run(job: Job): Promise<Done> {
    this.#child.send(job);
    const gone = this.#gone.then(() => [{ error: 'the load generator has ended' }]);
    const [answer] = (await Promise.race([once(this.#child, 'message'), gone])) as [Answer];
    if ('error' in answer) throw new Error(answer.error);
    return answer.done;
  }

  /** Resolves when the process is gone. */
  async close(): Promise<void> {
    if (this.#child.connected) this.#child.disconnect();
    await this.#gone;
  }
}
