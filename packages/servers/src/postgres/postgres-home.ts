/**
 * Decides where a plant's database cluster is created, and finds it again. It is in the plant's own directory when the
 * server's user can reach it. Otherwise (root started the plant in a directory that only root can enter) it is under a
 * directory that everyone can reach, and a note in the plant's directory names it. The data stays where it was created.
 */
import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readdir, realpath, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, sep } from 'node:path';
import { checkJsonFile, readJsonFile, writeJsonFile } from '@plantops/operations';
import { z } from 'zod';

import { readPidFile } from './postgres-leftovers.ts';
import { canReach, ownerOf, postgresUser, runsAsRoot } from './server-user.ts';
import type { ServerUser } from './server-user.ts';
import { SHARED_ROOT } from './shared-root.ts';

export interface PostgresHome {
  /** The directory in which the cluster is created. */
  readonly path: string;
  /** The cluster: PostgreSQL's data directory. */
  readonly cluster: string;
  /** The user that runs the server; undefined: the user of this process. */
  readonly user: ServerUser | undefined;
}

/** A file in the plant's directory that names the directory of its database. */
const NOTE = 'location.json';
/** A file beside a database that is elsewhere; it names the plant's directory. */
const BELONGS_TO = 'belongs-to.json';
const directoryPath = z.string('must be the path of a directory').min(1, 'must be the path of a directory');
const note = z.object({ database: directoryPath });
const claim = z.object({ plant: directoryPath });
const CLUSTER = 'data';
const ABANDONED_MS = 7 * 24 * 60 * 60 * 1_000;

export async function postgresHome(directory: string): Promise<PostgresHome> {
  await mkdir(directory, { recursive: true, mode: 0o711 });
  const dir = await realpath(directory);
  if (!runsAsRoot()) return homeAt(dir, undefined);

  const elsewhere = await databaseNoted(dir);
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

/**
 * The name is new even for a path that was used before: after its directory was deleted, a plant begins with an empty
 * database.
 */
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
 * Deletes databases whose plant is gone, so that they do not stay for ever. Only plants below the temporary directory
 * that were not used for a while: elsewhere, a missing directory may be on a disk that is not mounted, and a plant that
 * was moved finds its database again at its next start.
 */
async function removeAbandoned(): Promise<void> {
  const temporary = await realpath(tmpdir());
  for (const name of await readdir(SHARED_ROOT)) {
    const path = join(SHARED_ROOT, name);
    const plant = await belongsTo(path).catch(() => undefined);
    if (plant === undefined || !plant.startsWith(`${temporary}${sep}`) || (await ownerOf(plant)) !== undefined)
      continue;
    if (await unusedFor(ABANDONED_MS, join(path, CLUSTER))) await rm(path, { recursive: true, force: true });
  }
}

/** The server writes its options to its cluster at every start, and its pid while it runs. */
async function unusedFor(periodMs: number, cluster: string): Promise<boolean> {
  if ((await readPidFile(cluster)) !== undefined) return false;
  const lastStart = await stat(join(cluster, 'postmaster.opts')).catch(() => undefined);
  return lastStart !== undefined && Date.now() - lastStart.mtimeMs > periodMs;
}

/** The directory of the plant's database, if it is elsewhere. */
async function databaseNoted(dir: string): Promise<string | undefined> {
  const remedy = `It names the directory of the database, one below ${SHARED_ROOT}: put the file back from a backup.`;
  return (await readJsonFile(join(dir, NOTE), note, remedy))?.database;
}

async function belongsTo(path: string): Promise<string | undefined> {
  const remedy = 'It names the directory "postgres" of the plant that the database belongs to: write it again.';
  return (await readJsonFile(join(path, BELONGS_TO), claim, remedy))?.plant;
}

async function returnTo(path: string, dir: string): Promise<PostgresHome> {
  const plant = await belongsTo(path);
  const noteFile = join(dir, NOTE);
  if (plant === undefined) {
    throw new Error(
      `${noteFile} says that the database is in ${path}, but it is not there. Remove that file to begin with an empty database.`,
    );
  }
  if (plant !== dir) {
    // The directory was moved and still owns the database, or it was copied and two directories name one database.
    const claimed = await checkJsonFile(join(plant, NOTE), note).catch(() => undefined);
    if (claimed !== undefined && 'value' in claimed && claimed.value.database === path) {
      throw new Error(
        `The database in ${path} belongs to ${plant}. Remove ${noteFile} to begin with an empty database.`,
      );
    }
    await writeJsonFile(join(path, BELONGS_TO), { plant: dir });
  }
  const owner = await ownerOf(join(path, CLUSTER));
  return homeAt(path, owner ?? (await postgresUser()));
}

/** Deletes a database and its note. No server may run on it. */
export async function removePostgres(directory: string): Promise<void> {
  const elsewhere = await databaseNoted(directory);
  if (elsewhere !== undefined) await rm(elsewhere, { recursive: true, force: true });
  await rm(directory, { recursive: true, force: true });
}
