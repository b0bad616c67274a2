/**
 * Decides where a plant's database cluster lies, and finds it again. In the plant's own directory, as long as the
 * server's user can reach that; else (root started the plant from a directory that is root's alone) under a directory
 * everyone can reach, with a note in the plant's own directory that says where. The data stays where it was created.
 */
import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readdir, realpath, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, sep } from 'node:path';
import { readJsonFile, writeJsonFile } from '@plantops/operations';

import { readPidFile } from './postgres-leftovers.ts';
import { canReach, ownerOf, postgresUser, runsAsRoot } from './server-user.ts';
import type { ServerUser } from './server-user.ts';
import { SHARED_ROOT } from './shared-root.ts';

export interface PostgresHome {
  /** The directory in which the cluster is created. */
  readonly path: string;
  /** The cluster: PostgreSQL's data directory. */
  readonly cluster: string;
  /** Undefined: whoever runs this process. */
  readonly user: ServerUser | undefined;
}

/** In the plant's directory: where its database is. */
const NOTE = 'location.json';
/** Beside a database that lies elsewhere: whose it is. */
const BELONGS_TO = 'belongs-to.json';
const CLUSTER = 'data';
const ABANDONED_MS = 7 * 24 * 60 * 60 * 1_000;

export async function postgresHome(directory: string): Promise<PostgresHome> {
  await mkdir(directory, { recursive: true, mode: 0o711 });
  const dir = await realpath(directory);
  if (!runsAsRoot()) return homeAt(dir, undefined);

  const elsewhere = stringIn(await readJsonFile(join(dir, NOTE)), 'database');
  if (elsewhere !== undefined) return await returnTo(elsewhere, dir);

  const owner = await ownerOf(join(dir, CLUSTER));
  if (owner !== undefined && !(await canReach(owner, dir))) {
    throw new Error(
      `The database in ${dir} belongs to the user with id ${owner.uid}, who cannot reach it. ` +
        'Let others pass through the directories above it (chmod o+x).',
    );
  }
  const user = owner ?? (await postgresUser());
  return (await canReach(user, dir)) ? homeAt(dir, user) : await createElsewhere(dir, user);
}

function homeAt(path: string, user: ServerUser | undefined): PostgresHome {
  return { path, cluster: join(path, CLUSTER), user };
}

/** A name of its own even for a path used before: whoever deleted that plant's directory wanted a new plant. */
async function createElsewhere(dir: string, user: ServerUser): Promise<PostgresHome> {
  const name = `${createHash('sha256').update(dir).digest('hex').slice(0, 12)}-${randomUUID().slice(0, 8)}`;
  await mkdir(SHARED_ROOT, { recursive: true, mode: 0o755 });
  await removeAbandoned();
  const path = join(await realpath(SHARED_ROOT), name);
  await mkdir(path, { mode: 0o711 });
  await writeJsonFile(join(path, BELONGS_TO), { plant: dir });
  await writeJsonFile(join(dir, NOTE), {
    database: path,
    why: 'PostgreSQL does not run as root, and its user cannot reach this directory. Delete both or neither.',
  });
  return homeAt(path, user);
}

/**
 * A clone made to try something ends with its directory; its database must not stay for ever. Only below the temporary
 * directory and unused for a while, though: elsewhere a directory that is gone may be a disk that is not mounted, and
 * one that was moved away finds its database at its next start.
 */
async function removeAbandoned(): Promise<void> {
  const temporary = await realpath(tmpdir());
  for (const name of await readdir(SHARED_ROOT)) {
    const path = join(SHARED_ROOT, name);
    const plant = await belongsTo(path).catch(() => undefined);
    if (plant === undefined || !plant.startsWith(`${temporary}${sep}`) || (await ownerOf(plant)) !== undefined) continue;
    if (await unusedFor(ABANDONED_MS, join(path, CLUSTER))) await rm(path, { recursive: true, force: true });
  }
}

/** The server notes its options in its cluster at every start, and its pid as long as it runs. */
async function unusedFor(periodMs: number, cluster: string): Promise<boolean> {
  if ((await readPidFile(cluster)) !== undefined) return false;
  const lastStart = await stat(join(cluster, 'postmaster.opts')).catch(() => undefined);
  return lastStart !== undefined && Date.now() - lastStart.mtimeMs > periodMs;
}

async function belongsTo(path: string): Promise<string | undefined> {
  return stringIn(await readJsonFile(join(path, BELONGS_TO)), 'plant');
}

async function returnTo(path: string, dir: string): Promise<PostgresHome> {
  const plant = await belongsTo(path);
  const note = join(dir, NOTE);
  if (plant === undefined) {
    throw new Error(`${note} says that the database is in ${path}, but it is not. Remove that file to begin with an empty one.`);
  }
  if (plant !== dir) {
    // The directory was moved, and the database is still its own; or it was copied, and there is one database for two.
    const claimed = await readJsonFile(join(plant, NOTE)).catch(() => undefined);
    if (stringIn(claimed, 'database') === path) {
      throw new Error(`The database in ${path} belongs to ${plant}. Remove ${note} to begin with an empty one.`);
    }
    await writeJsonFile(join(path, BELONGS_TO), { plant: dir });
  }
  const owner = await ownerOf(join(path, CLUSTER));
  return homeAt(path, owner ?? (await postgresUser()));
}

/** Deletes a database and its note, wherever it lies. Nothing may run on it. */
export async function removePostgres(directory: string): Promise<void> {
  const elsewhere = stringIn(await readJsonFile(join(directory, NOTE)), 'database');
  if (elsewhere !== undefined) await rm(elsewhere, { recursive: true, force: true });
  await rm(directory, { recursive: true, force: true });
}

function stringIn(value: unknown, key: string): string | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const found: unknown = Object.getOwnPropertyDescriptor(value, key)?.value;
  return typeof found === 'string' ? found : undefined;
}
