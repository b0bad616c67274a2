/** Runs the plant's own PostgreSQL 18 server: creates its cluster on first use, starts it, stops it cleanly. */
import { chown, mkdir, mkdtemp, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';

import { freePort } from '../process/free-port.ts';
import { runCommand } from '../process/run-command.ts';
import { spawnRunning, untilReady } from '../process/running.ts';
import type { Running, SpawnSpec, StartControl } from '../process/running.ts';
import { postgresBinaries } from './postgres-binaries.ts';
import type { PostgresBinaries } from './postgres-binaries.ts';
import { postgresHome } from './postgres-home.ts';
import type { PostgresHome } from './postgres-home.ts';
import { clearLeftovers, readPidFile } from './postgres-leftovers.ts';

export interface PostgresSpec extends StartControl {
  /** Holds the cluster, or a note of where it is, and the server's log. Used by one caller at a time. */
  readonly dir: string;
  /** The port on 127.0.0.1. Absent: any free one. */
  readonly port?: number;
  /** The password of the user `postgres`. It is set when the cluster is created; later starts do not change it. */
  readonly superuserPassword: string;
  /** Server settings that override the defaults below. */
  readonly settings?: Readonly<Record<string, string>>;
  readonly readyTimeoutMs?: number;
}

export interface EmbeddedPostgres extends Running {
  /** Connects as superuser to the database `postgres`. */
  readonly url: string;
  readonly port: number;
  /** PostgreSQL's data directory, which need not be below `dir`. */
  readonly cluster: string;
  readonly logFile: string;
}

const HOST = '127.0.0.1';
const SUPERUSER = 'postgres';
/** After a crash the server replays its log before it is ready. */
const DEFAULT_READY_MS = 60_000;
const INITDB_MS = 120_000;

const SETTINGS: Readonly<Record<string, string>> = {
  listen_addresses: HOST,
  // The path of a socket is limited to about 100 bytes, and no client uses one.
  unix_socket_directories: '',
  max_connections: '200',
  fsync: 'on',
  timezone: 'UTC',
  log_timezone: 'UTC',
  log_line_prefix: '%m [%p] ',
};

export async function startPostgres(spec: PostgresSpec): Promise<EmbeddedPostgres> {
  const home = await postgresHome(spec.dir);
  const binaries = await postgresBinaries(home.user);
  if (await exists(join(home.cluster, 'PG_VERSION'))) await clearLeftovers(home.cluster);
  else await createCluster(home, binaries, spec.superuserPassword);

  const port = spec.port ?? (await freePort());
  const logFile = join(resolve(spec.dir), 'postgres.log');
  const settings = Object.entries({ ...SETTINGS, ...spec.settings, port: String(port) });
  const server: SpawnSpec = {
    name: 'postgres',
    command: binaries.postgres,
    args: ['-D', home.cluster, ...settings.flatMap(([name, value]) => ['-c', `${name}=${value}`])],
    cwd: home.path,
    env: serverEnvironment(),
    logFile,
    user: home.user,
    // Fast shutdown, which does not wait for clients; then immediate shutdown, which leaves recovery to the next start.
    stopSignals: ['SIGINT', 'SIGQUIT'],
    signal: spec.signal,
    onSpawn: spec.onSpawn,
  };
  const running = await spawnRunning(server);
  await untilReady(running, server, () => isReady(home.cluster, running.pid), spec.readyTimeoutMs ?? DEFAULT_READY_MS);

  const { pid, exited, stop } = running;
  const url = `postgres://${SUPERUSER}:${encodeURIComponent(spec.superuserPassword)}@${HOST}:${port}/postgres`;
  return { pid, exited, stop, url, port, cluster: home.cluster, logFile };
}

async function isReady(cluster: string, pid: number): Promise<boolean> {
  const file = await readPidFile(cluster);
  return file?.pid === pid && file.ready;
}

/**
 * Creates the cluster in a draft directory and renames it, so that a start that is killed leaves no incomplete cluster.
 */
async function createCluster(home: PostgresHome, binaries: PostgresBinaries, password: string): Promise<void> {
  await removeDrafts(home.path);
  const draft = await mkdtemp(join(home.path, DRAFT_PREFIX));
  const cluster = join(draft, 'cluster');
  const passwordFile = join(draft, 'password');
  try {
    await mkdir(cluster, { mode: 0o700 });
    await writeFile(passwordFile, `${password}\n`, { mode: 0o600 });
    if (home.user !== undefined) {
      const { uid, gid } = home.user;
      await Promise.all([draft, cluster, passwordFile].map((path) => chown(path, uid, gid)));
    }
    const args = [
      `--pgdata=${cluster}`,
      `--username=${SUPERUSER}`,
      `--pwfile=${passwordFile}`,
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      // PostgreSQL's own C.UTF-8 sorts and folds the same on every system.
      '--locale-provider=builtin',
      '--builtin-locale=C.UTF-8',
      '--locale=C',
      '--data-checksums',
    ];
    await runCommand(binaries.initdb, args, {
      cwd: draft,
      env: serverEnvironment(),
      timeoutMs: INITDB_MS,
      ...home.user,
    });
    await rename(cluster, home.cluster);
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}

const DRAFT_PREFIX = 'initdb-';

async function removeDrafts(path: string): Promise<void> {
  const drafts = (await readdir(path)).filter((name) => name.startsWith(DRAFT_PREFIX));
  await Promise.all(drafts.map((name) => rm(join(path, name), { recursive: true, force: true })));
}

/** Does not inherit the user's environment: PGDATA or PGPORT of another server must not affect this one. */
function serverEnvironment(): NodeJS.ProcessEnv {
  return { PATH: process.env['PATH'], LC_ALL: 'C', TZ: 'UTC' };
}

async function exists(path: string): Promise<boolean> {
  return await stat(path).then(
    () => true,
    () => false,
  );
}
