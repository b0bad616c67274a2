/** JSON files that are written atomically: they are complete or absent, also when the writer dies. */
import { randomUUID } from 'node:crypto';
import { open, readFile, rename, rm } from 'node:fs/promises';

/** Returns the parsed file, whose shape the caller must check; undefined when the file does not exist. */
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
    throw new Error(`${path} is not valid JSON: ${String(error)}`, { cause: error });
  }
}

/** Replaces the file atomically. It contains the old value or the new one, also after a power cut. */
export async function writeJsonFile(path: string, value: unknown, mode = 0o600): Promise<void> {
  const draft = await writeDraft(path, value, mode);
  try {
    await rename(draft, path);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
}

/** Writes the value to a new file beside the path. Returns the name of that file. */
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
