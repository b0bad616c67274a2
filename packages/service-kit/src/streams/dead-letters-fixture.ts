/** Dead letters in a file, which survives the processes of a test. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import type { DeadLetters, Delivered } from './dead-letters.ts';

type Content = { stored: { payload: string; reason: string }[]; attempts: Record<number, number> };

export class DeadLettersInFile implements DeadLetters {
  readonly #file: string | undefined;
  readonly #content: Content;

  constructor(file?: string) {
    this.#file = file;
    this.#content =
      file !== undefined && existsSync(file)
        ? (JSON.parse(readFileSync(file, 'utf8')) as Content)
        : { stored: [], attempts: {} };
  }

  get stored(): Content['stored'] {
    return this.#content.stored;
  }

  readonly store = async ({ payload }: Delivered, error: unknown): Promise<void> => {
    this.#content.stored.push({ payload, reason: String(error) });
    this.#write();
  };

  readonly attemptsOf = async (messages: readonly Delivered[]): Promise<number[]> =>
    messages.map(({ seq }) => this.#content.attempts[seq] ?? 0);

  readonly beginAttempt = async (messages: readonly Delivered[]): Promise<void> => {
    const { attempts } = this.#content;
    for (const { seq } of messages) attempts[seq] = (attempts[seq] ?? 0) + 1;
    this.#write();
  };

  readonly endAttempt = async (messages: readonly Delivered[]): Promise<void> => {
    for (const { seq } of messages) delete this.#content.attempts[seq];
    this.#write();
  };

  #write(): void {
    if (this.#file !== undefined) writeFileSync(this.#file, JSON.stringify(this.#content));
  }
}
