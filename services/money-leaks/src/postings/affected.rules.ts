/** What changed facts affect: the intervals of lines whose postings are compared with the ledger again. */
import type { Interval } from '@plantops/accounting';
import type { CloudEvent } from '@plantops/contracts';
import { factsOf, intervalOf, originOf, type Fact } from '../facts/fact.rules.ts';
import { enclosing } from '../facts/intervals.rules.ts';
import type { NamedBatch, Neighbours } from './changed-intervals.rules.ts';

/** The event behind a posting. */
export type Cause = { readonly event_id: string; readonly actor: string; readonly traceparent?: string };

/** An interval of a line whose postings may change, the sources whose own facts changed, and the event behind it. */
export type Affected = {
  readonly line_id: string;
  readonly interval: Interval;
  readonly source_ids: readonly string[];
  readonly cause: Cause;
};

/** A fact and the event that reported it. */
export type Reported = { readonly event: CloudEvent; readonly fact: Fact };

export function reportedIn(events: readonly CloudEvent[]): Reported[] {
  return events.flatMap((event) => factsOf(event).map((fact) => ({ event, fact })));
}

export function causeOf({ id: event_id, actor, traceparent }: CloudEvent): Cause {
  return { event_id, actor, ...(traceparent === undefined ? {} : { traceparent }) };
}

/** Counts and states post nothing themselves. */
export function isPoint({ kind }: Pick<Fact, 'kind'>): boolean {
  return kind === 'count' || kind === 'state';
}

/** Scrap of no known batch, in a shift that changed facts overlap. */
type LooseScrap = { readonly line_id: string; readonly began: string };

/**
 * What the reported facts affect, given what was stored of them before and what lies beside them. First where they lay
 * before, then where they lie now with the batches they name, then the units that name them, then scrap of no batch,
 * which lies at the last busy instant of its shift. Where a source has several causes the last one counts.
 */
export function affectedBy(
  reported: readonly Reported[],
  before: readonly Fact[],
  neighbours: Neighbours & { readonly looseScraps: readonly LooseScrap[] },
  now: number,
): Affected[] {
  const byName = Map.groupBy(neighbours.namedBatches, ({ named_by }) => named_by);
  const own = reported.flatMap((one) => affectedByFact(one, byName.get(one.fact.id) ?? [], neighbours, now));
  return [
    ...affectedBefore(own, before, now),
    ...own,
    ...affectedByBatches(reported, neighbours),
    ...affectedScraps(reported, neighbours.looseScraps),
  ];
}

/**
 * A fact's own interval, and those of the batches it names: units count there, also when their own time lies outside.
 */
function affectedByFact(
  { event, fact }: Reported,
  named: readonly NamedBatch[],
  neighbours: Neighbours,
  now: number,
): Affected[] {
  const isPosted = neighbours.points.get(fact)?.is_posted ?? false;
  if (isPoint(fact) && !isPosted && !named.some(({ is_closed }) => is_closed)) return [];
  const cause = causeOf(event);
  const ofBatches = named.map(({ id, line_id, ...batch }) => ({
    line_id,
    interval: namedInterval(fact, batch, now),
    source_ids: [id],
    cause,
  }));
  // A trial posts nothing itself.
  if (fact.kind === 'trial') return ofBatches;
  return [
    { line_id: fact.line_id, interval: ownInterval(fact, neighbours, now), source_ids: [fact.id], cause },
    ...ofBatches,
  ];
}

/** A split stop counts as a whole; a state that postings depend on lasts to the next one. */
function ownInterval(fact: Fact, { parts, points }: Neighbours, now: number): Interval {
  const whole = parts.filter(({ origin_id }) => origin_id === originOf(fact));
  if (whole.length > 0) return enclosing(whole.map((part) => intervalOf(part, now)));
  const from = Date.parse(fact.began);
  const point = points.get(fact);
  if (fact.kind !== 'state' || point?.is_posted !== true) return intervalOf(fact, now);
  return { from, to: point.next_state === null ? Math.max(from, now) : Date.parse(point.next_state) };
}

/** A batch that has not ended posts nothing for its units yet, but a trial concerns all its time up to now. */
function namedInterval({ kind }: Fact, batch: Pick<NamedBatch, 'began' | 'ended'>, now: number): Interval {
  const from = Date.parse(batch.began);
  return batch.ended === null && kind !== 'trial' ? { from, to: from } : intervalOf(batch, now);
}

/** Where the facts lay before, on lines that are affected anyway. */
function affectedBefore(own: readonly Affected[], before: readonly Fact[], now: number): Affected[] {
  const last = own.at(-1);
  if (last === undefined) return [];
  const lines = new Set(own.map(({ line_id }) => line_id));
  return before
    .filter(({ line_id }) => lines.has(line_id))
    .map((fact) => ({ line_id: fact.line_id, interval: intervalOf(fact, now), source_ids: [], cause: last.cause }));
}

/** Until a batch was known, the units that name it counted in the batch that ran at their time. */
function affectedByBatches(reported: readonly Reported[], { unitsNaming }: Neighbours): Affected[] {
  const events = new Map(
    reported.filter(({ fact }) => fact.kind === 'batch').map(({ event, fact }) => [fact.id, event]),
  );
  return unitsNaming.flatMap(({ line_id, began, batch_id }) => {
    const event = events.get(batch_id);
    return event === undefined ? [] : [{ line_id, interval: instant(began), source_ids: [], cause: causeOf(event) }];
  });
}

function affectedScraps(reported: readonly Reported[], scraps: readonly LooseScrap[]): Affected[] {
  const last = reported.at(-1);
  if (last === undefined) return [];
  return scraps.map(({ line_id, began }) => ({
    line_id,
    interval: instant(began),
    source_ids: [],
    cause: causeOf(last.event),
  }));
}

const instant = (at: string): Interval => ({ from: Date.parse(at), to: Date.parse(at) });
