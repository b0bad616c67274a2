/**
 * What a loss of power does to nats-server: messages that it had acknowledged and not yet synced are gone, while the place of its consumers
 * may have been written later. The messages of EVENTS are put back as they were a few seconds ago; all else stays.
 */
import { cp, rename, rm } from 'node:fs/promises';
import { createConnection } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { waitFor } from '@plantops/fixtures';
import type { ChaosPlant } from './chaos-plant.ts';
import { diskOf } from './own-disk.ts';

const messagesOf = (dataDir: string): string => join(diskOf(dataDir), 'jetstream/PLANT/streams/EVENTS/msgs');
const WITHIN_MS = 10_000;
/** Longer than a server takes that was just started again. */
const AGAIN_MS = 1_000;

/** Sets a copy aside, lets `ms` pass, and loses what came since. */
export const losePower = async (chaos: ChaosPlant, ms: number): Promise<boolean> => {
  const { dataDir } = chaos.plant;
  const [messages, kept] = [messagesOf(dataDir), join(diskOf(dataDir), `events-${performance.now()}`)];
  await cp(messages, kept, { recursive: true });
  await delay(ms);
  const isDone = await withoutServer(chaos, async () => {
    await rm(messages, { recursive: true });
    await rename(kept, messages);
  });
  await rm(kept, { recursive: true, force: true });
  return isDone;
};

/** Ends the server, and does something before it comes up again: without its configuration it does not. */
const withoutServer = async (chaos: ChaosPlant, work: () => Promise<void>): Promise<boolean> => {
  const conf = join(chaos.plant.dataDir, 'nats.conf');
  const port = Number(new URL(chaos.ready.nats_url).port);
  const deadline = performance.now() + WITHIN_MS;
  while (performance.now() < deadline) {
    await rename(conf, `${conf}.away`);
    try {
      // It may be away by another fault just now.
      if (await chaos.signal('nats-server', 'SIGKILL')) {
        await waitFor('nats-server to be down', () => isDown(port), WITHIN_MS);
        await work();
        return true;
      }
    } finally {
      await rename(`${conf}.away`, conf);
    }
    await delay(AGAIN_MS);
  }
  return false;
};

const isDown = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = createConnection({ host: '127.0.0.1', port });
    socket.once('connect', () => {
      socket.destroy();
      resolve(false);
    });
    socket.once('error', () => resolve(true));
  });
