/** The user that the database server runs as. PostgreSQL refuses to run as root, so under root it gets its own user. */
import { stat } from 'node:fs/promises';

import { messageOf } from '../process/error-code.ts';
import { runCommand, succeeds } from '../process/run-command.ts';

export interface ServerUser {
  readonly uid: number;
  readonly gid: number;
}

const USER = 'postgres';

export function runsAsRoot(): boolean {
  return process.getuid?.() === 0;
}

/** Returns the system's user for PostgreSQL. Creates it when it does not exist. */
export async function postgresUser(): Promise<ServerUser> {
  try {
    if (!(await succeeds('id', ['-g', USER]))) await createUser();
    const [uid, gid] = await Promise.all([runCommand('id', ['-u', USER]), runCommand('id', ['-g', USER])]);
    return { uid: Number(uid), gid: Number(gid) };
  } catch (error) {
    throw new Error(
      `PostgreSQL does not run as root, and a user "${USER}" for it could not be created. ` +
        'Create one, start PlantOps as another user, or set PLANTOPS_DATABASE_URL to a server of yours. ' +
        messageOf(error),
      { cause: error },
    );
  }
}

/** The owner of a path; undefined when the path does not exist. */
export async function ownerOf(path: string): Promise<ServerUser | undefined> {
  return await stat(path).then(
    ({ uid, gid }) => ({ uid, gid }),
    () => undefined,
  );
}

/** Whether that user can enter a directory. Runs a test as that user, because file modes do not show access lists. */
export async function canReach(user: ServerUser, directory: string): Promise<boolean> {
  return await succeeds('sh', ['-c', 'test -x "$1"', 'sh', directory], { cwd: '/', ...user });
}

async function createUser(): Promise<void> {
  if (!(await succeeds('getent', ['group', USER]))) await runCommand('groupadd', ['--system', USER]);
  const account = ['--no-create-home', '--home-dir', '/nonexistent', '--shell', '/usr/sbin/nologin'];
  await runCommand('useradd', ['--system', '--gid', USER, ...account, USER]);
}
