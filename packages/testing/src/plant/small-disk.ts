/** A separate disk of limited size, in memory. Only root can mount one, and not in every container. */
import { execFile } from 'node:child_process';
import { mkdir, open, rm, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const CHUNK_BYTES = 1024 * 1024;
const BLOCK_BYTES = 4096;

export class SmallDisk {
  readonly folder: string;
  #isMounted = true;

  private constructor(folder: string) {
    this.folder = folder;
  }

  /** Mounts it; `size` as `mount` takes it, as 4g. Returns undefined when mounting is not allowed. */
  static async mount(folder: string, size: string): Promise<SmallDisk | undefined> {
    if (process.getuid?.() !== 0) return undefined;
    await mkdir(folder, { recursive: true });
    // Others may pass: PostgreSQL runs as a user of its own.
    try {
      await run('mount', ['-t', 'tmpfs', '-o', `size=${size},mode=0711`, 'tmpfs', folder]);
    } catch {
      return undefined;
    }
    return new SmallDisk(folder);
  }

  /** Fills it with large pieces first, then block by block until it is full. Fills it again when some was freed. */
  async fill(): Promise<void> {
    const ballast = await open(this.#ballast, 'a');
    try {
      for (let bytes = CHUNK_BYTES; bytes >= BLOCK_BYTES; bytes /= CHUNK_BYTES / BLOCK_BYTES) {
        const piece = Buffer.alloc(bytes);
        for (;;) {
          const { bavail, bsize } = await statfs(this.folder);
          if (bavail * bsize < bytes) break;
          await ballast.appendFile(piece);
        }
      }
    } finally {
      await ballast.close();
    }
  }

  async free(): Promise<void> {
    await rm(this.#ballast, { force: true });
  }

  async unmount(): Promise<void> {
    if (this.#isMounted) await run('umount', ['--lazy', this.folder]);
    this.#isMounted = false;
  }

  get #ballast(): string {
    return join(this.folder, 'ballast');
  }
}
