/** Logs of plants that a test started. They are kept until the reporter knows whether the test file failed. */
import { randomUUID } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { cp, mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';

const FOLDER = join(tmpdir(), 'plantops-logs');
const MOST_ERRORS = 10;
const ERRORS: ReadonlySet<string> = new Set(['error', 'fatal']);

type Jest = { readonly expect?: { getState(): { readonly testPath?: string } } };

/** Copies the logs of a plant that is being removed. Does nothing outside of a test. */
export async function keepLogs(logs: string): Promise<void> {
  const testPath = (globalThis as Jest).expect?.getState().testPath;
  if (testPath === undefined || !existsSync(logs)) return;
  await mkdir(FOLDER, { recursive: true });
  await cp(logs, join(FOLDER, `${basename(testPath)}-${randomUUID()}`), { recursive: true });
}

/** Removes the logs of a test file that passed. */
export function forgetLogs(testPath: string): void {
  for (const folder of foldersOf(testPath)) rmSync(folder, { recursive: true, force: true });
}

/** The folder of a test file's logs, and the first distinct errors in them. */
export function errorsInLogs(testPath: string): string[] {
  return foldersOf(testPath).flatMap((folder) => {
    const errors = readdirSync(folder).flatMap((file) =>
      readFileSync(join(folder, file), 'utf8')
        .split('\n')
        .flatMap(errorIn)
        .map((error) => `${file}: ${error}`),
    );
    return [
      `Logs of the services: ${folder}`,
      ...[...new Set(errors)].slice(0, MOST_ERRORS).map((error) => `  ${error}`),
    ];
  });
}

function foldersOf(testPath: string): string[] {
  if (!existsSync(FOLDER)) return [];
  const isOfTest = (name: string) => name.startsWith(`${basename(testPath)}-`);
  return readdirSync(FOLDER)
    .filter(isOfTest)
    .map((name) => join(FOLDER, name));
}

type Line = { readonly level?: string; readonly msg?: string; readonly err?: { readonly message?: string } };
function errorIn(line: string): string[] {
  if (!line.startsWith('{')) return [];
  try {
    const { level = '', msg = '', err } = JSON.parse(line) as Line;
    return !ERRORS.has(level) ? [] : [err?.message === undefined ? msg : `${msg}: ${err.message}`];
  } catch {
    return [];
  }
}
