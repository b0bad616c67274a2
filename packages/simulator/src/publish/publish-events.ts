/** The command `publish-events`: sends a file of line events to PlantOps and reports the result. */
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { addAbortSignal, type Readable } from 'node:stream';
import { progressBar } from './progress-bar.ts';
import { publishLines } from './publish-lines.ts';
import { addressFor, readArguments, USAGE } from './read-arguments.ts';
import { readLines } from './read-lines.ts';
import type { Tally } from './tally.ts';

type Terminal = { write(text: string): unknown; isTTY?: boolean; columns?: number };
export type Surroundings = {
  readonly env: NodeJS.ProcessEnv;
  readonly stdin: Readable;
  readonly stdout: Terminal;
  readonly stderr: Terminal;
  readonly patienceMs?: number;
};

const REDRAW_MS = 100;
const CLEAR_LINE = '\r\u001b[K';

/** Runs the command and returns its exit code: 0 when every line was stored, else 1. */
export async function publishEvents(
  args: readonly string[],
  { env, stdin, stdout, stderr, patienceMs }: Surroundings,
): Promise<number> {
  try {
    const asked = readArguments(args);
    if (asked === undefined) {
      stdout.write(USAGE);
      return 0;
    }
    const address = await addressFor(asked, env);
    const stop = new AbortController();
    const { bytes, length } = await open(asked.file, stdin, stop.signal);
    const draw = drawer(stdout, length);
    const tally = await publishLines({
      lines: readLines(bytes),
      address,
      tenant: asked.tenant,
      isBackfill: asked.isBackfill,
      stop,
      patienceMs,
      onProgress: draw,
      onWarning: (text) => stderr.write(`${text}\n`),
    }).finally(() => stdout.isTTY === true && stdout.write(CLEAR_LINE));
    stdout.write(`${tally.summary().join('\n')}\n`);
    return tally.isComplete ? 0 : 1;
  } catch (error) {
    stderr.write(`${messageOf(error)}\n`);
    return 1;
  }
}

/** Opens the file. Its length is undefined when it cannot be known. */
async function open(
  file: string,
  stdin: Readable,
  signal: AbortSignal,
): Promise<{ bytes: Readable; length: number | undefined }> {
  if (file === '-') return { bytes: addAbortSignal(signal, stdin), length: undefined };
  const found = await stat(file).catch(() => undefined);
  if (found === undefined) throw new Error(`The file ${file} does not exist.`);
  if (found.isDirectory()) throw new Error(`${file} is a directory: name a file.`);
  return { bytes: createReadStream(file, { signal }), length: found.isFile() ? found.size : undefined };
}

/** Draws the progress, at most every `REDRAW_MS`, on a terminal only. */
function drawer(stdout: Terminal, length: number | undefined): (tally: Tally, bytesRead: number) => void {
  if (stdout.isTTY !== true) return () => {};
  let drawnAt = -Infinity;
  return ({ acknowledged, rejected }, bytesRead) => {
    if (performance.now() - drawnAt < REDRAW_MS) return;
    drawnAt = performance.now();
    const share = length === undefined ? undefined : bytesRead / Math.max(length, 1);
    stdout.write(`${CLEAR_LINE}${progressBar({ share, stored: acknowledged, rejected }, (stdout.columns || 80) - 1)}`);
  };
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
