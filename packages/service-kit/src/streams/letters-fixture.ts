/** Dead letters as a service keeps them, in a file that outlives the processes of a test. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import type { DeadLetters, Delivered } from './consume.ts';

type Kept = { parked: { payload: string; reason: string }[]; begun: Record<number, number> };

export class Letters implements DeadLetters {
  readonly #file: string | undefined;
  readonly #kept: Kept;

  constructor(file?: string) {
    this.#file = file;
    this.#kept = file !== undefined && existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Kept) : { parked: [], begun: {} };
  }

  get parked(): Kept['parked'] {
    return this.#kept.parked;
  }

  readonly park = async ({ payload }: Delivered, error: unknown): Promise<void> => {
    this.#kept.parked.push({ payload, reason: String(error) });
    this.#keep();
  };

  readonly begunBefore = async (messages: readonly Delivered[]): Promise<number[]> => messages.map(({ seq }) => this.#kept.begun[seq] ?? 0);

  readonly begin = async (messages: readonly Delivered[]): Promise<void> => {
    const { begun } = this.#kept;
    for (const { seq } of messages) begun[seq] = (begun[seq] ?? 0) + 1;
    this.#keep();
  };

  readonly end = async (messages: readonly Delivered[]): Promise<void> => {
    for (const { seq } of messages) delete this.#kept.begun[seq];
    this.#keep();
  };

  #keep(): void {
    if (this.#file !== undefined) writeFileSync(this.#file, JSON.stringify(this.#kept));
  }
}
