/** A separate disk of limited size for nats-server's streams. Only root can mount one. */
import { execFile } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
/** Space for an hour of load, and for a copy of it while power is lost. */
const SIZE = '4g';

export const diskOf = (dataDir: string): string => join(dataDir, 'jetstream');

/** Mounts the disk for the streams. Returns a function that unmounts it, or undefined when mounting is not allowed. */
export async function mountDisk(dataDir: string): Promise<(() => Promise<void>) | undefined> {
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
}
