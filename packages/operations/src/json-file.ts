/**
 * JSON files of a data directory. They are written atomically: they are complete or absent, also when the writer dies.
 * They are read by a schema, because people edit and restore them too.
 */
import { randomUUID } from 'node:crypto';
import { open, readFile, rename, rm } from 'node:fs/promises';
import type { z } from 'zod';

/** The value of a file, or what is wrong with it: it is not JSON, or some of its fields. */
export type Checked<T> = { readonly value: T } | { readonly faults: string };

/** Reads a file and checks it by a schema. Undefined when the file does not exist. */
export async function checkJsonFile<S extends z.ZodType>(
  path: string,
  schema: S,
): Promise<Checked<z.output<S>> | undefined> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch (error) {
    // The parser quotes the file, which may hold passwords.
    return { faults: text.trim() === '' ? '  it is empty' : `  it is not valid JSON ${placeOf(error)}`.trimEnd() };
  }
  const parsed = schema.safeParse(content);
  if (parsed.success) return { value: parsed.data };
  const faults = parsed.error.issues.map(({ path: field, message }) => `  ${field.join('.') || 'content'}: ${message}`);
  return { faults: faults.join('\n') };
}

const placeOf = (error: unknown): string => /at position \d+/.exec(String(error))?.[0] ?? '';

/**
 * Reads a file that only its owner can repair; undefined when it does not exist. When it cannot be used, throws an error
 * that names the file, each wrong field and the remedy.
 */
export async function readJsonFile<S extends z.ZodType>(
  path: string,
  schema: S,
  remedy: string,
): Promise<z.output<S> | undefined> {
  const checked = await checkJsonFile(path, schema);
  if (checked === undefined || 'value' in checked) return checked?.value;
  throw new Error(`${path} cannot be used:\n${checked.faults}\n${remedy}`);
}

/** Reads a file that is made again when it is missing. One that cannot be used counts as missing, with a remark. */
export async function readRebuildable<S extends z.ZodType>(
  path: string,
  schema: S,
  remark: Remark,
): Promise<z.output<S> | undefined> {
  const checked = await checkJsonFile(path, schema);
  if (checked === undefined || 'value' in checked) return checked?.value;
  remark(`${path} cannot be used and is made again:\n${checked.faults}`);
  return undefined;
}

/** Takes a line for the operator about something that was repaired or left out. */
export type Remark = (line: string) => void;

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
