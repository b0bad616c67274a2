/** The place of a client in the live stream: the last sequence received from each stream, as the id of an event. */
import { Problem } from '@plantops/contracts';

export type Position = { readonly events: number; readonly master: number };
/** A client that is further behind than this, counted over all tenants, is faster when it reads the rows again. */
const FARTHEST = 50_000;

type Extent = { readonly first: number; readonly last: number };

export const writePosition = ({ events, master }: Position): string => `${events}-${master}`;
export const readPosition = (id: string): Position => {
  const [, events, master] = /^(\d{1,15})-(\d{1,15})$/.exec(id) ?? [];
  if (events === undefined || master === undefined)
    throw Problem.field('Last-Event-ID', 'must be the id of an event of this stream, as 120-45');
  return { events: Number(events), master: Number(master) };
};

/**
 * Where a client continues. If the stream has dropped facts since then, or never reached that place, the client gets
 * `reset` and continues from now. For master data the stream keeps the last event of each row, so only a place beyond
 * its end is wrong.
 */
export const nextOf = (
  seen: Position | undefined,
  { events, master }: { events: Extent; master: Extent },
): { position: Position; isReset: boolean } => {
  const now = { events: events.last, master: master.last };
  if (seen === undefined) return { position: now, isReset: false };
  const isTooFar = events.last - seen.events > FARTHEST;
  const isReset = isTooFar || seen.events + 1 < events.first || seen.events > events.last || seen.master > master.last;
  return { position: isReset ? now : seen, isReset };
};
