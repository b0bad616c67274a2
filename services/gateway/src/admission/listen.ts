import type { Server } from 'node:http';
import { createServer, Server as NetServer, type ListenOptions } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import type { Connections } from './connections.ts';

/**
 * Node accepts one connection of a listening socket per turn of its event loop. When hundreds connect at once, the
 * next client waits for as many turns. Linux spreads new connections over several sockets of one port, so the gateway
 * opens several.
 */
const SOCKETS = process.platform === 'linux' ? 16 : 1;
/** The backlog of one socket. A connection that the system drops here is retried by the client only after seconds. */
const MOST_WAITING = 256;
/** Data is sent without delay, and a client may close its sending side and still get its response. */
const AS_HTTP_DOES = { noDelay: true, allowHalfOpen: true };
const GRACE_MS = 1_000;
const LOOK_EVERY_MS = 20;

type Address = { readonly port: number; readonly host: string };

/** Accepts connections for the server. Returns a function that stops it gently. */
export const listen = async (
  server: Server,
  address: Address,
  connections: Connections,
): Promise<() => Promise<void>> => {
  server.on('connection', (socket) => connections.add(socket));
  await refuseTaken(address);
  const more = Array.from({ length: SOCKETS - 1 }, () =>
    createServer(AS_HTTP_DOES, (socket) => void server.emit('connection', socket)),
  );
  const sockets = [server, ...more];
  await Promise.all(
    sockets.map((one) => listening(one, { ...address, backlog: MOST_WAITING, reusePort: SOCKETS > 1 })),
  );
  return () => closeGently(server, sockets, () => connections.open);
};

const listening = (server: NetServer, options: ListenOptions): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once('error', reject).listen(options, resolve);
  });

/** Sockets that share a port would also share it with another process of this user, so the port must be free first. */
const refuseTaken = async (address: Address): Promise<void> => {
  const probe = createServer();
  await listening(probe, address);
  await closed(probe);
};

/** Closing http's own way would cut idle connections at once. */
const closed = (server: NetServer): Promise<void> =>
  new Promise((resolve) => void NetServer.prototype.close.call(server, () => resolve()));

/**
 * Accepts no new connection, and answers the open ones with `Connection: close`. An idle connection is not cut: its
 * client may be sending a request at this moment, which would be lost.
 */
const closeGently = async (server: Server, sockets: readonly NetServer[], open: () => number): Promise<void> => {
  server.prependListener('request', (_request, response) => void response.setHeader('Connection', 'close'));
  const closeServer = async () => {
    for (const until = Date.now() + GRACE_MS; open() > 0; await delay(LOOK_EVERY_MS))
      if (Date.now() > until) server.closeIdleConnections();
  };
  await Promise.all([...sockets.map(closed), closeServer()]);
};
