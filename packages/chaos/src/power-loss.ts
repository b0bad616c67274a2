/**
 * Simulates a power loss of nats-server: messages that it acknowledged and did not sync yet are gone, while the
 * positions of its consumers may have been written later. The messages of EVENTS are restored as they were a few
 * seconds ago; everything else stays.
 */
import { cp, rename, rm } from 'node:fs/promises';
import { createConnection } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { waitFor } from '@plantops/fixtures';
import { streamsOf, type ChaosPlant } from './chaos-plant.ts';

const messagesOf = (dataDir: string): string => join(streamsOf(dataDir), 'jetstream/PLANT/streams/EVENTS/msgs');
const WITHIN_MS = 10_000;
/** Longer than a server needs that was just started again. */
const AGAIN_MS = 1_000;

/** Copies the messages, waits `ms`, and restores the copy, so that newer messages are lost. */
export async function losePower(chaos: ChaosPlant, ms: number): Promise<boolean> {
  const { dataDir } = chaos.plant;
  const [messages, kept] = [messagesOf(dataDir), join(streamsOf(dataDir), `events-${performance.now()}`)];
  await cp(messages, kept, { recursive: true });
  await delay(ms);
  const isDone = await withoutServer(chaos, async () => {
    await rm(messages, { recursive: true });
    await rename(kept, messages);
  });
  await rm(kept, { recursive: true, force: true });
  return isDone;
}

/** Kills the server and does the work before it starts again: without its configuration it cannot start. */
async function withoutServer(chaos: ChaosPlant, work: () => Promise<void>): Promise<boolean> {
  const conf = join(chaos.plant.dataDir, 'nats.conf');
  const port = Number(new URL(chaos.ready.nats_url).port);
  const deadline = performance.now() + WITHIN_MS;
  while (performance.now() < deadline) {
    await rename(conf, `${conf}.away`);
    try {
      // It may not run now because of another fault.
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
}

const isDown = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = createConnection({ host: '127.0.0.1', port });
    socket.once('connect', () => {
      socket.destroy();
      resolve(false);
    });
    socket.once('error', () => resolve(true));
  });
