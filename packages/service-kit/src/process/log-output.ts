/**
 * Standard output as the place of the log. A line that cannot be written, because the disk is full or nobody reads the
 * pipe, is dropped and counted: a service never waits for its log. (pino's own destination tries a full disk again and
 * again, and the process stands still.)
 */
import { constants, fstatSync, openSync, write, writeSync } from 'node:fs';

/** Lines that wait for a slow reader. */
const MOST_BYTES = 1024 * 1024;
const AGAIN_MS = 50;
const STANDARD_OUTPUT = 1;

/**
 * The output opened again, so that a full pipe is busy instead of blocking: a write that blocks would keep the process from
 * ending. What cannot be opened again, as a socket, is used as it is.
 */
function openOutput(): number {
  try {
    return openSync(`/proc/self/fd/${STANDARD_OUTPUT}`, constants.O_WRONLY | constants.O_NONBLOCK);
  } catch {
    return STANDARD_OUTPUT;
  }
}

export class LogOutput {
  readonly #onDropped: (lines: number) => void;
  /** A file takes a line at once, or refuses it. Of a pipe nobody knows when its reader reads. */
  readonly #isFile = fstatSync(STANDARD_OUTPUT).isFile();
  readonly #output = this.#isFile ? STANDARD_OUTPUT : openOutput();
  #waiting: string[] = [];
  #waitingBytes = 0;
  #isWriting = false;
  #dropped = 0;

  /** `onDropped` learns how many lines were dropped, when a line can be written again. */
  constructor(onDropped: (lines: number) => void) {
    this.#onDropped = onDropped;
    process.once('exit', () => this.#writeRest());
  }

  write(line: string): void {
    if (this.#isFile) this.#settle(() => writeSync(this.#output, line), 1);
    else if (this.#waitingBytes > MOST_BYTES) this.#dropped += 1;
    else {
      this.#waiting.push(line);
      this.#waitingBytes += Buffer.byteLength(line);
      if (!this.#isWriting) this.#writeWaiting();
    }
  }

  #writeWaiting(): void {
    const lines = this.#takeWaiting();
    this.#isWriting = lines.length > 0;
    if (this.#isWriting) this.#put(Buffer.from(lines.join('')), lines.length);
  }

  #takeWaiting(): string[] {
    const lines = this.#waiting;
    [this.#waiting, this.#waitingBytes] = [[], 0];
    return lines;
  }

  #put(bytes: Buffer, lines: number): void {
    write(this.#output, bytes, (error, written) => {
      const isBusy = error?.code === 'EAGAIN';
      if (isBusy || (error === null && written < bytes.length)) {
        const rest = bytes.subarray(written || 0);
        setTimeout(() => this.#put(rest, lines), isBusy ? AGAIN_MS : 0);
        return;
      }
      // First, so that there is room for the line that tells how many were dropped.
      this.#writeWaiting();
      this.#settle(() => {
        if (error !== null) throw error;
      }, lines);
    });
  }

  /** Counts lines that could not be written, and tells how many when some could be written again. */
  #settle(written: () => unknown, lines: number): void {
    try {
      written();
    } catch {
      this.#dropped += lines;
      return;
    }
    if (this.#dropped === 0) return;
    const dropped = this.#dropped;
    this.#dropped = 0;
    this.#onDropped(dropped);
  }

  /** The process ends: what is being written gets a moment, and the rest one try. */
  #writeRest(): void {
    if (this.#isWriting) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, AGAIN_MS);
    try {
      for (const line of this.#takeWaiting()) writeSync(this.#output, line);
    } catch {
      // The process ends anyway.
    }
  }
}
