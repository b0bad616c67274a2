/** A disk of its own under nats-server's streams, as large as we say, that can be full and have room again. Only root can make one. */
import { execFile } from 'node:child_process';
import { mkdir, open, rm, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import type { ChaosPlant } from './chaos-plant.ts';

const run = promisify(execFile);
/** Room for what an hour of load writes, and for a copy of it while power is lost. */
const SIZE = '4g';
const CHUNK_BYTES = 1024 * 1024;

export const diskOf = (dataDir: string): string => join(dataDir, 'jetstream');
const ballastOf = (dataDir: string): string => join(diskOf(dataDir), 'ballast');

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

/**
 * Fills what is left of the disk, lets `ms` pass, makes room and starts nats-server again, as docs/operations.md says: version 2.9 does not
 * notice by itself that there is room.
 */
export const fillDisk = async (chaos: ChaosPlant, ms: number): Promise<boolean> => {
  const { dataDir } = chaos.plant;
  if (!chaos.hasOwnDisk) throw new Error('the streams have no disk of their own: only root can make one');
  await fill(dataDir);
  await delay(ms);
  await rm(ballastOf(dataDir), { force: true });
  return chaos.signal('nats-server', 'SIGKILL');
};

/** Large pieces first; the last bytes one block after the other, until there is no more. */
const fill = async (dataDir: string): Promise<void> => {
  const ballast = await open(ballastOf(dataDir), 'w');
  try {
    for (let bytes = CHUNK_BYTES; bytes >= 4096; bytes /= 256) {
      const piece = Buffer.alloc(bytes);
      for (;;) {
        const { bavail, bsize } = await statfs(diskOf(dataDir));
        if (bavail * bsize < bytes) break;
        await ballast.appendFile(piece);
      }
    }
  } finally {
    await ballast.close();
  }
};
