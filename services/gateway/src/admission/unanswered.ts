import type { RequestListener } from 'node:http';

/** Nobody sends the next request of a connection before the one before is answered, but to make much of little. */
const MOST_UNANSWERED = 8;

/**
 * Lets go of a connection that has more requests on it than this without an answer. All that come in one piece of 64 KiB, more than a thousand,
 * would be begun in a single turn of the event loop, and hold as many places as they are while nobody reads what is answered.
 */
export const limitUnanswered = (handle: RequestListener, most = MOST_UNANSWERED): RequestListener => {
  const unanswered = new WeakMap<object, number>();
  return (request, response) => {
    const { socket } = request;
    const count = (unanswered.get(socket) ?? 0) + 1;
    if (count > most || socket.destroyed) {
      socket.destroy();
      return;
    }
    unanswered.set(socket, count);
    response.once('close', () => unanswered.set(socket, (unanswered.get(socket) ?? 1) - 1));
    handle(request, response);
  };
};
