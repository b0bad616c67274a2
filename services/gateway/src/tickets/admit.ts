/** Who may open a live stream: a caller with a token or a key, or with a ticket in the URL. */
import { Problem, roleAllows } from '@plantops/contracts';
import type { Request, RequestHandler, Response } from 'express';
import { decodeJwt } from 'jose';
import type { Caller } from '../identity/caller.ts';
import { callerOf, type Identifying } from '../identity/identify.ts';
import { readPosition } from '../live/position.rules.ts';
import type { StreamTickets } from './stream-tickets.ts';

export type Listening = {
  readonly caller: Caller;
  /** The id of the last event that the client has received. */
  readonly lastEventId: string | undefined;
  /** Rejects when the caller may no longer listen. */
  readonly check: () => Promise<void>;
};

/** Returns who listens. Throws `unauthenticated` or `forbidden`. */
export async function admit(
  request: Request,
  response: Response,
  mounting: Identifying,
  tickets: StreamTickets,
): Promise<Listening> {
  const { ticket } = request.query;
  const listening =
    ticket === undefined ? byProof(request, response, mounting) : await byTicket(request, mounting, tickets);
  if (!roleAllows(listening.caller.roles, 'viewer')) throw new Problem('forbidden', 'this needs the role viewer');
  return listening;
}

function byProof(request: Request, response: Response, { authenticate }: Identifying): Listening {
  return {
    caller: callerOf(response),
    lastEventId: request.get('last-event-id'),
    check: async () => void (await authenticate(request).check?.()),
  };
}

/** A wrong ticket was counted as a request without a caller, as every request that has no proof in its headers. */
async function byTicket(request: Request, { limitRate }: Identifying, tickets: StreamTickets): Promise<Listening> {
  const { ticket, last_event_id: lastEventId } = request.query;
  if (lastEventId !== undefined && typeof lastEventId !== 'string')
    throw Problem.field('last_event_id', 'is there more than once: send the last one');
  // Before the ticket is used up.
  if (lastEventId !== undefined) readPosition(lastEventId);
  const { caller, until } = await tickets.redeem(ticket);
  await limitRate.tenant(caller.tenant);
  return {
    caller,
    lastEventId,
    check: async () => {
      if (Date.now() >= until) throw new Problem('unauthenticated', 'the time of the ticket is over: get a new one');
    },
  };
}

/** Answers a ticket for the caller. A caller that came by ticket gets none: tokens and keys stand in headers. */
export const issueTicket =
  (tickets: StreamTickets): RequestHandler =>
  async (request, response) => {
    const caller = callerOf(response);
    if (!roleAllows(caller.roles, 'viewer')) throw new Problem('forbidden', 'this needs the role viewer');
    response.setHeader('Cache-Control', 'no-store');
    response.status(201).json(await tickets.issue(caller, expiryOf(request)));
  };

/** When the caller's own token expires, in milliseconds since 1970. It was verified before. */
const expiryOf = (request: Request): number => {
  const token = request.get('authorization')?.slice('Bearer '.length);
  return token === undefined ? Infinity : Math.floor(Number(decodeJwt(token).exp) * 1000);
};
