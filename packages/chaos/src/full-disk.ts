/** Fills the disk of nats-server's streams, and frees it again. */
import { setTimeout as delay } from 'node:timers/promises';
import type { ChaosPlant } from './chaos-plant.ts';

/**
 * Fills the disk, waits `ms`, frees it and starts nats-server again, as docs/operations.md says: version 2.9 does not
 * notice by itself that there is space again.
 */
export async function fillDisk(chaos: ChaosPlant, ms: number): Promise<boolean> {
  if (chaos.disk === undefined) throw new Error('the streams are not on a separate disk: only root can mount one');
  await chaos.disk.fill();
  await delay(ms);
  await chaos.disk.free();
  return chaos.signal('nats-server', 'SIGKILL');
}
