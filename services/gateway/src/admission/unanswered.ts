import type { RequestListener } from 'node:http';
import type { Connections } from './connections.ts';

/** Normal clients wait for a response before they send the next request on the same connection. */
const MOST_UNANSWERED = 8;

/**
 * Closes a connection with more unanswered requests than this. 64 KiB hold more than a thousand requests; all would
 * start in one turn of the event loop and stay in progress while the client reads nothing. Reports which connections
 * wait for a request and which do not.
 */
export const limitUnanswered = (
  handle: RequestListener,
  connections: Pick<Connections, 'busy' | 'idle'>,
  most = MOST_UNANSWERED,
): RequestListener => {
  const unanswered = new WeakMap<object, number>();
  return (request, response) => {
    const { socket } = request;
    const count = (unanswered.get(socket) ?? 0) + 1;
    if (count > most || socket.destroyed) {
      socket.destroy();
      return;
    }
    unanswered.set(socket, count);
    if (count === 1) connections.busy(socket);
    response.once('close', () => {
      const left = (unanswered.get(socket) ?? 1) - 1;
      unanswered.set(socket, left);
      if (left === 0) connections.idle(socket);
    });
    handle(request, response);
  };
};
