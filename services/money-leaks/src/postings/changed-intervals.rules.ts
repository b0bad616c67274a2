/** The intervals of lines whose figures a changed fact can change: kept cells in them are computed again. */
import { shiftAt, type Interval } from '@plantops/accounting';
import type { PlantRow } from '@plantops/contracts';
import { originOf, type Fact } from '../facts/fact.rules.ts';
import { enclosing, iso, type LineInterval } from '../facts/intervals.rules.ts';
import { calendarsOf } from '../facts/line-facts.rules.ts';

/** When something lasted; null: it still lasts. */
export type Lasting = { readonly line_id: string; readonly began: string; readonly ended: string | null };

/** A batch that a count, scrap event or trial names. */
export type NamedBatch = Lasting & { readonly id: string; readonly named_by: string; readonly is_closed: boolean };

/** All parts of a split stop on a line. `until`: its end, or now while a part lasts. */
export type Parts = {
  readonly line_id: string;
  readonly origin_id: string;
  readonly began: string;
  readonly ended: string;
  readonly until: string;
};

/** What lies beside changed facts in the database. */
export type Neighbours = {
  readonly namedBatches: readonly NamedBatch[];
  readonly parts: readonly Parts[];
  /** Counts and scrap that name a changed batch. */
  readonly unitsNaming: readonly { readonly line_id: string; readonly began: string; readonly batch_id: string }[];
  /** The start of the batch after each changed one. */
  readonly nextBatches: ReadonlyMap<Fact, string | null>;
  /** Of each changed state when the next one began; of counts and states whether postings depend on them. */
  readonly points: ReadonlyMap<Fact, { readonly next_state: string | null; readonly is_posted: boolean }>;
};

/**
 * `is_loose`: something in it names no batch and counts in its shift, which begins and ends within a day of it, or is a
 * batch, which decides what such units are to their shift.
 */
export type Changed = LineInterval & { readonly is_loose: boolean };

/**
 * The intervals of facts as they are and as they were before. A split stop counts as a whole, a state lasts to the next
 * one, units and trials count in the batch they name. A batch, whose totals are spread over its time, counts in all of
 * that and wherever units name it; what it cuts of one that nobody completed lasts to the next start. One interval for
 * all that begins on the same UTC day of a line.
 */
export function changedIntervals(facts: readonly Fact[], neighbours: Neighbours, now: number): Changed[] {
  const lasting = ({ line_id, began, ended }: Lasting): Changed => ({
    line_id,
    interval: upTo(began, ended, now),
    is_loose: false,
  });
  const nextBatches = [...neighbours.nextBatches].map(([{ line_id, began }, ended]) =>
    lasting({ line_id, began, ended }),
  );
  return byDay([
    ...facts.map((fact) => ownInterval(fact, neighbours, now)),
    ...neighbours.parts.map(({ line_id, began, until }) => lasting({ line_id, began, ended: until })),
    ...neighbours.namedBatches.map(lasting),
    ...nextBatches,
    ...neighbours.unitsNaming.map(({ line_id, began }) => lasting({ line_id, began, ended: began })),
  ]);
}

/** What is reported as a shift or a batch begins or ends is part of it, so a millisecond more on both sides. */
function ownInterval(fact: Fact, { points }: Neighbours, now: number): Changed {
  const { kind, line_id, began, ended, batch_id, batch_number } = fact;
  const from = Date.parse(began) - 1;
  const end =
    kind === 'state' ? (points.get(fact)?.next_state ?? null) : ended === null ? null : iso(Date.parse(ended) + 1);
  const is_loose = kind === 'batch' || (kind !== 'stop' && isLoose({ batch_id, batch_number }));
  return { line_id, interval: upTo(iso(from), end, now), is_loose };
}

/** Whether something names no batch. */
export const isLoose = ({ batch_id, batch_number }: Pick<Fact, 'batch_id' | 'batch_number'>): boolean =>
  batch_id === null && batch_number === null;

const upTo = (began: string, ended: string | null, now: number): Interval => {
  const from = Date.parse(began);
  return { from, to: ended === null ? Math.max(now, from) : Date.parse(ended) };
};

/** One interval for all that begins on the same UTC day of a line. */
export function byDay(changed: readonly Changed[]): Changed[] {
  const groups = Map.groupBy(
    changed,
    ({ line_id, interval, is_loose }) => `${line_id} ${iso(interval.from).slice(0, 10)} ${is_loose}`,
  );
  return [...groups.values()].map((group) => ({
    ...(group[0] as Changed),
    interval: enclosing(group.map(({ interval }) => interval)),
  }));
}

/** The same intervals with the whole of each batch that they overlap or meet. */
export function withWholeBatches(changed: readonly Changed[], batches: readonly Lasting[], now: number): Changed[] {
  const byLine = Map.groupBy(batches, ({ line_id }) => line_id);
  return changed.map((one) => {
    const { from, to } = one.interval;
    const whole = (byLine.get(one.line_id) ?? [])
      .map(({ began, ended }) => ({ from: Date.parse(began), to: ended === null ? now : Date.parse(ended) }))
      .filter((batch) => batch.from <= to && batch.to >= from);
    return { ...one, interval: enclosing([one.interval, ...whole]) };
  });
}

/** From the start of the first shift that an interval overlaps to the end of the last one. */
export function shiftsAround(
  { timezone, calendars }: Pick<PlantRow, 'timezone' | 'calendars'>,
  { from, to }: Interval,
): Interval {
  const schedule = { timezone, calendars: calendarsOf({ calendars }) };
  return {
    from: Math.min(from, shiftAt(schedule, from)?.from ?? from),
    to: Math.max(to, shiftAt(schedule, to)?.to ?? to),
  };
}

/** The wholes that changed facts are parts of. */
export function originsOf(facts: readonly Fact[]): string[] {
  return [...new Set(facts.flatMap((fact) => originOf(fact) ?? []))];
}
