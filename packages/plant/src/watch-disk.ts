/**
 * Watches the space on the disk of the data directory. nats-server 2.9 stands still for good when it cannot write a
 * message, and then no request is answered. So before the disk is full, NATS runs without streams.
 */
import { rm, statfs, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const LOOK_EVERY_MS = 500;
const MIB = 1024 * 1024;
/** With less than this the disk counts as full; with more than twice as much it has room again. */
const LEAST_BYTES = 64 * MIB;
/** Given up when the disk is full, so that logs and small files can be written. */
const RESERVE_BYTES = 16 * MIB;

/** Whether a disk counts as full, by its free space and whether it was full before. */
export const isFull = (freeBytes: number, wasFull: boolean): boolean =>
  freeBytes < (wasFull ? 2 * LEAST_BYTES : LEAST_BYTES);

/** Starts watching. `onChange` is called with true when the disk is full, and with false when it has room again. */
export async function watchDisk(
  dir: string,
  onChange: (isFull: boolean, freeBytes: number) => Promise<void>,
): Promise<() => void> {
  const reserve = join(dir, 'reserve');
  const keepReserve = () => writeFile(reserve, Buffer.alloc(RESERVE_BYTES)).catch(() => undefined);
  let wasFull = false;
  let timer: NodeJS.Timeout | undefined;
  let isOver = false;
  const look = async () => {
    const { bavail, bsize } = await statfs(dir);
    const now = isFull(bavail * bsize, wasFull);
    if (now !== wasFull) {
      wasFull = now;
      if (now) await rm(reserve, { force: true });
      await onChange(now, bavail * bsize);
      if (!now) await keepReserve();
    }
  };
  const again = () => {
    if (isOver) return;
    timer = setTimeout(
      () =>
        void look()
          .catch(() => undefined)
          .finally(again),
      LOOK_EVERY_MS,
    );
  };
  await keepReserve();
  await look();
  again();
  return () => {
    isOver = true;
    clearTimeout(timer);
  };
}
