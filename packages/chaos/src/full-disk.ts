/** Fills the disk of nats-server's streams, and frees it again. */
import { open, rm, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { ChaosPlant } from './chaos-plant.ts';
import { diskOf } from './own-disk.ts';

const CHUNK_BYTES = 1024 * 1024;

const ballastOf = (dataDir: string): string => join(diskOf(dataDir), 'ballast');

/**
 * Fills the disk, waits `ms`, frees it and starts nats-server again, as docs/operations.md says: version 2.9 does not
 * notice by itself that there is space again.
 */
export async function fillDisk(chaos: ChaosPlant, ms: number): Promise<boolean> {
  const { dataDir } = chaos.plant;
  if (!chaos.hasOwnDisk) throw new Error('the streams are not on a separate disk: only root can mount one');
  await fill(dataDir);
  await delay(ms);
  await rm(ballastOf(dataDir), { force: true });
  return chaos.signal('nats-server', 'SIGKILL');
}

/** Fills the disk with large pieces first, then block by block until it is full. */
async function fill(dataDir: string): Promise<void> {
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
}
