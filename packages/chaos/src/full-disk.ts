/** Fills the disk of nats-server's streams, and frees it again. */
import { open, rm, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { ChaosPlant } from './chaos-plant.ts';
import { diskOf } from './own-disk.ts';

const CHUNK_BYTES = 1024 * 1024;

const ballastOf = (dataDir: string): string => join(diskOf(dataDir), 'ballast');

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
