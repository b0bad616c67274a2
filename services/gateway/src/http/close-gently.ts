import type { Server } from 'node:http';
import { Server as NetServer } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';

const GRACE_MS = 1_000;
const LOOK_EVERY_MS = 20;

/**
 * Takes no new connection, and tells the clients of those that are open to let go of them with their next answer. A connection that is
 * closed while it is idle may be the one on which a client is just sending: what it sent would be lost.
 */
export const closeGently = async (server: Server): Promise<void> => {
  server.prependListener('request', (_request, response) => void response.setHeader('Connection', 'close'));
  // http's own close would cut the idle connections at once.
  const closed = new Promise<void>((resolve) => void NetServer.prototype.close.call(server, () => resolve()));
  const letGo = async () => {
    for (const until = Date.now() + GRACE_MS; Date.now() < until;) {
      if ((await openConnections(server)) === 0) return;
      await delay(LOOK_EVERY_MS);
    }
    server.closeIdleConnections();
  };
  await Promise.all([closed, letGo()]);
};

const openConnections = (server: Server): Promise<number> =>
  new Promise((resolve) => server.getConnections((error, count) => resolve(error ? 0 : count)));
