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

  readonly doubt = async (messages: readonly Delivered[]): Promise<(number | undefined)[]> => {
    const { begun } = this.#kept;
    const known = messages.map(({ seq }) => begun[seq]);
    for (const { seq } of messages) begun[seq] ??= 0;
    this.#keep();
    return known;
  };

  readonly begin = async ({ seq }: Delivered): Promise<number> => {
    const times = (this.#kept.begun[seq] ?? 0) + 1;
    this.#kept.begun[seq] = times;
    this.#keep();
    return times;
  };

  readonly end = async (messages: readonly Delivered[]): Promise<void> => {
    for (const { seq } of messages) delete this.#kept.begun[seq];
    this.#keep();
  };

  #keep(): void {
    if (this.#file !== undefined) writeFileSync(this.#file, JSON.stringify(this.#kept));
  }
}
