/** A disk of its own under nats-server's streams, of a limited size. Only root can mount one. */
import { execFile } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
/** Room for what an hour of load writes, and for a copy of it while power is lost. */
const SIZE = '4g';

export const diskOf = (dataDir: string): string => join(dataDir, 'jetstream');

/** Puts the disk where the streams will lie; how to take it away again, or undefined where this is not allowed. */
export const mountDisk = async (dataDir: string): Promise<(() => Promise<void>) | undefined> => {
  if (process.getuid?.() !== 0) return undefined;
  const disk = diskOf(dataDir);
  await mkdir(disk, { recursive: true });
  try {
    await run('mount', ['-t', 'tmpfs', '-o', `size=${SIZE},mode=0700`, 'tmpfs', disk]);
  } catch {
    return undefined;
  }
  let isMounted = true;
  return async () => {
    if (isMounted) await run('umount', ['--lazy', disk]);
    isMounted = false;
  };
};
