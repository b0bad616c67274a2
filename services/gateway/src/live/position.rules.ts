/** The place of a client in the live stream: the last sequence received from each stream, as the id of an event. */
import { Problem } from '@plantops/contracts';

export type Position = { readonly events: number; readonly master: number };
/** A client that has missed more events of its tenant than this is faster when it reads the rows again. */
const MOST_MISSED = 10_000;
/** Why a client has to read the rows again. */
export const resets = {
  dropped: 'the events since then are no longer stored: read the rows again',
  many: `more than ${MOST_MISSED} events came since then: read the rows again`,
} as const;

/** Counts the events of its tenant that a client has missed up to `now`; tells at which there are too many. */
export const missedUpTo = (now: number): ((seq: number) => boolean) => {
  let missed = 0;
  return (seq) => seq <= now && (missed += 1) > MOST_MISSED;
};

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
 * its end is wrong. How far behind the client is does not matter here: most events in between may be other tenants'.
 */
export const nextOf = (
  seen: Position | undefined,
  { events, master }: { events: Extent; master: Extent },
): { position: Position; isReset: boolean } => {
  const now = { events: events.last, master: master.last };
  if (seen === undefined) return { position: now, isReset: false };
  const isReset = seen.events + 1 < events.first || seen.events > events.last || seen.master > master.last;
  return { position: isReset ? now : seen, isReset };
};
