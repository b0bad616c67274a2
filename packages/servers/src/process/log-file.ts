/** The log file of a child process, and the lines that it wrote since it was started. */
import { open, mkdir, rename, stat } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { devNull } from 'node:os';
import { dirname } from 'node:path';
import { errorCode } from './error-code.ts';

const MAX_LOG_BYTES = 10 * 1024 * 1024;
const TAIL_BYTES = 4 * 1024;

export interface LogFile {
  /** The descriptor for the child. Call `close` once the child has its own copy. */
  readonly fd: number;
  /** The size of the file when this run began. */
  readonly offset: number;
  close(): Promise<void>;
}

/**
 * Opens the log for appending. Renames a log over its limit first, so a plant that runs for months keeps two files. On
 * a full disk that has no room for a new log the child runs without one.
 */
export async function openLog(path: string): Promise<LogFile> {
  const file = await openToAppend(path).catch((error: unknown) => {
    if (errorCode(error) === 'ENOSPC') return open(devNull, 'a');
    throw error;
  });
  const { size } = await file.stat();
  return { fd: file.fd, offset: size, close: () => file.close() };
}

async function openToAppend(path: string): Promise<FileHandle> {
  await mkdir(dirname(path), { recursive: true });
  if ((await logSize(path)) > MAX_LOG_BYTES) await rename(path, `${path}.1`);
  return open(path, 'a', 0o600);
}

/** Returns the text after an offset; only its last `maxBytes`. */
export async function logTail(path: string, offset: number, maxBytes = TAIL_BYTES): Promise<string> {
  const file = await open(path, 'r').catch(() => undefined);
  if (file === undefined) return '';
  try {
    return await readTail(file, offset, maxBytes);
  } finally {
    await file.close();
  }
}

async function readTail(file: FileHandle, offset: number, maxBytes: number): Promise<string> {
  const { size } = await file.stat();
  const from = Math.max(offset, size - maxBytes);
  if (from >= size) return '';
  const { buffer, bytesRead } = await file.read(Buffer.alloc(size - from), 0, size - from, from);
  return buffer.subarray(0, bytesRead).toString('utf8').trim();
}

/** The size of the log, which is the offset of the next line. */
export async function logSize(path: string): Promise<number> {
  return await stat(path).then(
    ({ size }) => size,
    () => 0,
  );
}
