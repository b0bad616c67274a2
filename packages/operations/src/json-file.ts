/** JSON files that are there whole or not at all, whenever the writer dies. */
import { randomUUID } from 'node:crypto';
import { open, readFile, rename, rm } from 'node:fs/promises';

/** What the file holds, for the caller to check; undefined when there is no such file. */
export async function readJsonFile(path: string): Promise<unknown> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Error(`${path} does not hold JSON: ${String(error)}`, { cause: error });
  }
}

/** Replaces the file in one step. It holds the old value or the new one, also after a power cut. */
export async function writeJsonFile(path: string, value: unknown, mode = 0o600): Promise<void> {
  const draft = await writeDraft(path, value, mode);
  try {
    await rename(draft, path);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
}

/** Writes the value to a new file beside the path and returns that file's name. */
export async function writeDraft(path: string, value: unknown, mode = 0o600): Promise<string> {
  const draft = `${path}.${randomUUID()}.tmp`;
  const file = await open(draft, 'wx', mode);
  try {
    await file.writeFile(`${JSON.stringify(value, undefined, 2)}\n`);
    await file.sync();
  } finally {
    await file.close();
  }
  return draft;
}
