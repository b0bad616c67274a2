import type { Server } from 'node:http';
import { createServer, Server as NetServer, type ListenOptions } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';

/**
 * Node takes one connection of a listening socket in a turn of its event loop: when hundreds connect at once, and the more so when turns are
 * long, whoever comes after them waits for as many turns. Linux shares what comes out among several sockets of one port.
 */
const SOCKETS = process.platform === 'linux' ? 16 : 1;
/** Connections that wait at one of them; what is dropped there comes again after seconds only. */
const MOST_WAITING = 256;
/** Each takes some memory and lives for a while even when it says nothing. */
const MOST_OPEN = 4_096;
/** What is written goes out at once, and a client may close its side and still be answered. */
const AS_HTTP_DOES = { noDelay: true, allowHalfOpen: true };
const GRACE_MS = 1_000;
const LOOK_EVERY_MS = 20;

type Address = { readonly port: number; readonly host: string };

/** Takes connections for the server; returns how to stop that gently. */
export const listen = async (server: Server, address: Address, mostOpen = MOST_OPEN): Promise<() => Promise<void>> => {
  const open = new Set<object>();
  server.on('connection', (socket) => {
    if (open.size >= mostOpen) {
      socket.destroy();
      return;
    }
    open.add(socket);
    socket.once('close', () => open.delete(socket));
  });
  await refuseTaken(address);
  const more = Array.from({ length: SOCKETS - 1 }, () => createServer(AS_HTTP_DOES, (socket) => void server.emit('connection', socket)));
  const sockets = [server, ...more];
  await Promise.all(sockets.map((one) => listening(one, { ...address, backlog: MOST_WAITING, reusePort: SOCKETS > 1 })));
  return () => closeGently(server, sockets, () => open.size);
};

const listening = (server: NetServer, options: ListenOptions): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once('error', reject).listen(options, resolve);
  });

/** Sockets that share a port would share it with another process of this user as well: it must be free before. */
const refuseTaken = async (address: Address): Promise<void> => {
  const probe = createServer();
  await listening(probe, address);
  await closed(probe);
};

/** http's own close would cut idle connections at once. */
const closed = (server: NetServer): Promise<void> => new Promise((resolve) => void NetServer.prototype.close.call(server, () => resolve()));

/**
 * Takes no new connection, and tells the clients of those that are open to let go of them with their next answer. A connection that is
 * closed while it is idle may be the one on which a client is just sending: what it sent would be lost.
 */
const closeGently = async (server: Server, sockets: readonly NetServer[], open: () => number): Promise<void> => {
  server.prependListener('request', (_request, response) => void response.setHeader('Connection', 'close'));
  const letGo = async () => {
    for (const until = Date.now() + GRACE_MS; open() > 0; await delay(LOOK_EVERY_MS)) if (Date.now() > until) server.closeIdleConnections();
  };
  await Promise.all([...sockets.map(closed), letGo()]);
};
