/**
 * Requests and answers of the load, on disk before anything follows from them. Each entry is synced; many entries share
 * one sync.
 */
import { open, type FileHandle } from 'node:fs/promises';

export class Journal {
  readonly path: string;
  readonly #file: FileHandle;
  #waiting: string[] = [];
  #writing: Promise<void> = Promise.resolve();

  private constructor(path: string, file: FileHandle) {
    this.path = path;
    this.#file = file;
  }

  static async open(path: string): Promise<Journal> {
    return new Journal(path, await open(path, 'ax'));
  }

  /** Resolves when the entry is on disk. */
  write(entry: object): Promise<void> {
    this.#waiting.push(`${JSON.stringify({ ...entry, time: new Date().toISOString() })}\n`);
    this.#writing = this.#writing.then(() => this.#flush());
    return this.#writing;
  }

  async #flush(): Promise<void> {
    const lines = this.#waiting.splice(0);
    if (lines.length === 0) return;
    await this.#file.appendFile(lines.join(''));
    await this.#file.datasync();
  }

  async close(): Promise<void> {
    await this.#writing;
    await this.#file.close();
  }
}
