/** All announced events of a tenant, live to browsers (server-sent events). A client resumes with Last-Event-ID. */
import type { Bus, Logger } from '@plantops/service-kit';
import type { Request, RequestHandler, Response } from 'express';
import { SHARES } from '../admission/limits.ts';
import { Places } from '../admission/places.ts';
import type { Mounting } from '../rest/mount.ts';
import { admit, type Listening } from '../tickets/admit.ts';
import type { StreamTickets } from '../tickets/stream-tickets.ts';
import { LiveClient } from './live-client.ts';
import { missedUpTo, nextOf, readPosition, type Position } from './position.rules.ts';

/** The open streams. Closing ends them all, so that the process can stop. */
export class LiveStreams {
  readonly #open = new Set<LiveClient>();
  readonly #places = new Places(SHARES.liveStreams, 'live streams', 'this tenant');
  readonly #mounting: Mounting;
  readonly #tickets: StreamTickets;
  readonly #logger: Logger;

  constructor(mounting: Mounting, tickets: StreamTickets, logger: Logger) {
    this.#mounting = mounting;
    this.#tickets = tickets;
    this.#logger = logger;
  }

  readonly handle: RequestHandler = async (request, response) => {
    const listening = await admit(request, response, this.#mounting, this.#tickets);
    const { caller } = listening;
    // The place is taken before the first await: requests at the same time would not see each other otherwise.
    const leave = this.#places.take(caller.tenant);
    const client = new LiveClient(response);
    this.#open.add(client);
    client.onClose(() => {
      this.#open.delete(client);
      leave();
    });
    try {
      const start = await startOf(this.#mounting.bus, listening.lastEventId);
      this.#serve(client, listening, request, response, start);
    } catch (error) {
      client.giveUp();
      throw error;
    }
  };

  #serve(client: LiveClient, { caller, check }: Listening, request: Request, response: Response, start: Start): void {
    client.open(start.position, start.isReset);
    request.once('close', () => client.close());
    // The token may expire, or the key may be revoked, while the stream is open.
    client.every(check);
    const onLost = (error: Error) => {
      this.#logger.warn({ err: error, tenant: caller.tenant }, 'a live stream lost its source');
      client.close();
    };
    const follow = (stream: 'events' | 'master', from: number, on: (message: Followed) => Promise<void>) => {
      const stop = this.#mounting.bus.follow({
        stream,
        subject: `plantops.${stream}.${caller.tenant}.>`,
        from,
        on,
        onLost,
      });
      client.onClose(stop);
      return stop;
    };
    const send = (stream: 'events' | 'master') => (message: Followed) =>
      client.send(stream, message.seq, typeOf(message.payload), message.payload);
    follow('master', start.position.master + 1, send('master'));
    const isTooMany = missedUpTo(start.now);
    const stop = follow('events', start.position.events + 1, async (message) => {
      if (!isTooMany(message.seq)) return send('events')(message);
      stop();
      client.skipTo(start.now);
      follow('events', start.now + 1, send('events'));
    });
    if (response.destroyed) client.close();
  }

  close(): void {
    for (const client of this.#open) client.close();
  }
}

type Followed = { readonly seq: number; readonly payload: string };
/** `now` is the last event that was stored when the client came. */
type Start = { readonly position: Position; readonly isReset: boolean; readonly now: number };

/** The type of an envelope, without parsing it: the type is written before the data. */
const typeOf = (payload: string): string => /"type":"([\w.]+)"/.exec(payload)?.[1] ?? 'message';

/**
 * Where a stream starts: after the last event the client has received, or now. Events that are no longer stored
 * cannot be resumed.
 */
const startOf = async (bus: Bus, lastEventId: string | undefined): Promise<Start> => {
  const [events, master] = await Promise.all([bus.extentOf('events'), bus.extentOf('master')]);
  const seen = lastEventId === undefined ? undefined : readPosition(lastEventId);
  return { ...nextOf(seen, { events, master }), now: events.last };
};
