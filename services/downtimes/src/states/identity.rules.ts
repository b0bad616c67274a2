/**
 * Which row stands for which part of a departure, and what people said of it. Parts move when reports come late; a row
 * keeps its id, and what a person said keeps its time.
 */
import type { DowntimeRow } from '@plantops/contracts';
import type { Stop } from '../downtimes/downtime.rules.ts';
import type { Part, Interval } from './departure.rules.ts';

/** A row that was derived from states. */
export type KnownStop = {
  readonly row: DowntimeRow;
  /** The start it first had. */
  readonly first_from: string;
  /**
   * The time that a person decided: the row is not derived any more, and no other derived stop takes it. An open one
   * lasts to the end of the part that holds `derived_from`, where the stop was derived last.
   */
  readonly decided: (Interval & { readonly derived_from: string }) | null;
};
/** What a person can say of a stop. */
export type Said = Partial<
  Pick<
    Stop,
    | 'reason_category'
    | 'reason_code'
    | 'is_planned'
    | 'phase'
    | 'description'
    | 'root_cause'
    | 'resolution'
    | 'acknowledged_at'
    | 'acknowledged_by'
  >
>;
/** A person's word, with the time that the stop had then. */
export type Word = {
  readonly downtime_id: string;
  readonly from: string;
  readonly to: string;
  readonly said: Said;
};
/** A row as it should be. */
export type Wanted = {
  readonly id: string;
  /** undefined: a new row. */
  readonly row: DowntimeRow | undefined;
  readonly fields: Said & Pick<Stop, 'start_time' | 'end_time' | 'reason_source' | 'origin_id'>;
  /** The times of its departure: the threshold is for the whole. */
  readonly whole: Interval;
};
export type Plan = {
  /** Rows without a part of their own. */
  readonly withdrawn: readonly DowntimeRow[];
  readonly wanted: readonly Wanted[];
};

type Owned = { readonly part: Part; readonly id: string; readonly row: DowntimeRow | undefined };

/** Call with the parts in order of time and the words in the order in which they were said. */
export const planOf = (
  parts: readonly Part[],
  known: readonly KnownStop[],
  words: readonly Word[],
  newId: () => string,
): Plan => {
  const free = withoutDecided(
    parts,
    known.flatMap(({ decided, row: { voided_at, end_time } }) => {
      if (decided === null) return [];
      const part = holding(parts, decided.derived_from, (one) => one);
      const time = { from: decided.from, to: decided.to ?? (part === undefined ? decided.derived_from : part.to) };
      return voided_at === null && end_time !== null ? [time, { from: decided.from, to: end_time }] : [time];
    }),
  );
  const derived = known.filter(({ decided, row }) => decided === null && row.voided_at === null);
  const owners = ownersOf(free, derived, words);
  const owned = free.map((part) => ({ part, id: owners.get(part)?.id ?? newId(), row: owners.get(part) }));
  const kept = new Set(owned.flatMap(({ row }) => row?.id ?? []));
  const decided = known.flatMap(({ decided: time, row }) =>
    time === null || row.voided_at !== null ? [] : [{ row, part: holding(parts, time.derived_from, (part) => part) }],
  );
  const acknowledgements = acknowledgementsOf(owned, words);
  const stops = owned.map((one) => ({
    ...one,
    fields: {
      start_time: one.part.from,
      end_time: one.part.to,
      ...wordOf(one, words),
      ...acknowledgements.get(one.id),
    },
  }));
  return {
    withdrawn: derived.flatMap(({ row }) => (kept.has(row.id) ? [] : [row])),
    wanted: withOrigins(parts, stops, decided),
  };
};

/** The parts without the time that people decided. */
const withoutDecided = (parts: readonly Part[], decided: readonly Interval[]): Part[] =>
  parts.flatMap((part) => {
    let left: Part[] = [part];
    for (const { from, to: until } of decided) {
      left = left.flatMap((piece) => {
        if (!isBefore(piece.from, until) || !isBefore(from, piece.to)) return [piece];
        return [
          ...(piece.from < from ? [{ ...piece, to: from }] : []),
          ...(until !== null && isBefore(until, piece.to) ? [{ ...piece, from: until }] : []),
        ];
      });
    }
    return left;
  });

/**
 * A row stays with the part that holds the start it first had, else with the one that it overlaps most. Of two rows in
 * one part the one with a person's word stays, else the earlier.
 */
const ownersOf = (
  parts: readonly Part[],
  known: readonly KnownStop[],
  words: readonly Word[],
): ReadonlyMap<Part, DowntimeRow> => {
  const spoken = new Set(
    words.filter(({ said }) => WITH_TIME.some(([first]) => first in said)).map(({ downtime_id }) => downtime_id),
  );
  const owners = new Map<Part, KnownStop>();
  for (const stop of known.toSorted((a, b) => compare(a.first_from, b.first_from) || compare(a.row.id, b.row.id))) {
    const { start_time: from, end_time: to } = stop.row;
    const part = holding(parts, stop.first_from, (one) => one) ?? mostOverlapped(parts, { from, to });
    if (part === undefined) continue;
    const other = owners.get(part);
    if (other === undefined || (spoken.has(stop.row.id) && !spoken.has(other.row.id))) owners.set(part, stop);
  }
  return new Map([...owners].map(([part, { row }]) => [part, row]));
};

const mostOverlapped = (parts: readonly Part[], interval: Interval): Part | undefined =>
  parts.reduce<Part | undefined>(
    (best, other) => (overlap(other, interval) > (best === undefined ? 0 : overlap(best, interval)) ? other : best),
    undefined,
  );

/** What is said together, the field that tells that it was said first. */
export const SAID = [
  ['reason_category', 'reason_code', 'is_planned'],
  ['phase'],
  ['description'],
  ['root_cause'],
  ['resolution'],
  ['acknowledged_at', 'acknowledged_by'],
] as const satisfies readonly (readonly (keyof Said)[])[];

/** An acknowledgement has an instant of its own; the rest has the time that the stop had then. */
const WITH_TIME = SAID.slice(0, -1);

/** Of what people said, each part takes the word that overlaps it most, of equal ones the later. */
const wordOf = ({ part, id, row }: Owned, words: readonly Word[]): Said & Pick<Stop, 'reason_source'> => {
  const { reason_category, reason_code, is_planned } = part;
  const derived = {
    reason_category,
    reason_code,
    is_planned,
    phase: 'production',
    description: null,
    root_cause: null,
    resolution: null,
  } as const;
  let fields: Said & Pick<Stop, 'reason_source'> = { ...derived, reason_source: null };
  for (const group of WITH_TIME) {
    const [first] = group;
    const about = words.filter(({ said }) => first in said);
    const word = about.reduce<Word | undefined>((best, other) => {
      const least = best === undefined ? 1 : overlap(best, part);
      return overlap(other, part) >= least ? other : best;
    }, undefined);
    if (word === undefined) {
      // A row keeps what it has, unless a word says that this belongs to another time.
      if (row !== undefined && first !== 'reason_category' && about.every(({ downtime_id }) => downtime_id !== id))
        fields = { ...fields, [first]: row[first] };
      continue;
    }
    fields = { ...fields, ...Object.fromEntries(group.map((field) => [field, word.said[field] ?? null])) };
    if (first === 'reason_category' && word.downtime_id !== id) fields = { ...fields, reason_source: 'inherited' };
  }
  return fields;
};

type Acknowledgement = Pick<Stop, 'acknowledged_at' | 'acknowledged_by'>;

/** An acknowledgement lies with the part that holds its instant, else with its row. Of several the first counts. */
const acknowledgementsOf = (owned: readonly Owned[], words: readonly Word[]): ReadonlyMap<string, Acknowledgement> => {
  const found = new Map<string, Acknowledgement>(
    owned.map(({ id }) => [id, { acknowledged_at: null, acknowledged_by: null }]),
  );
  const give = (id: string | undefined, { acknowledged_at = null, acknowledged_by = null }: Said) => {
    const other = id === undefined ? undefined : found.get(id);
    if (id === undefined || other === undefined || acknowledged_at === null) return;
    if (other.acknowledged_at === null || acknowledged_at < other.acknowledged_at)
      found.set(id, { acknowledged_at, acknowledged_by });
  };
  for (const { downtime_id, said } of words) {
    const instant = said.acknowledged_at;
    if (typeof instant !== 'string') continue;
    give(holding(owned, instant, ({ part }) => part)?.id ?? downtime_id, said);
  }
  const asked = new Set(words.filter(({ said }) => 'acknowledged_at' in said).map(({ downtime_id }) => downtime_id));
  for (const { id, row } of owned) if (row && !asked.has(id)) give(id, row);
  return found;
};

type Decided = { readonly row: DowntimeRow; readonly part: Part | undefined };

/**
 * The parts of a departure share an origin, as those of a split stop do, and with them what people decided inside it.
 * Where a person gave only the start of an open stop, its end is still the line's.
 */
const withOrigins = (
  parts: readonly Part[],
  stops: readonly (Owned & { readonly fields: Omit<Wanted['fields'], 'origin_id'> })[],
  decided: readonly Decided[],
): Wanted[] => {
  const stopsBy = Map.groupBy(stops, ({ part }) => part.departure);
  const decidedBy = Map.groupBy(decided, ({ part }) => part?.departure);
  return [...new Set(parts.map(({ departure }) => departure))].flatMap((departure) => {
    const own = stopsBy.get(departure) ?? [];
    const inside = (decidedBy.get(departure) ?? []).map(({ row, part }) => {
      const { start_time, end_time, reason_source } = row;
      const to = part !== undefined && isBefore(start_time, part.to) ? part.to : null;
      return { row, fields: { start_time, end_time: end_time ?? to, reason_source } };
    });
    const all = [...own, ...inside].map(({ fields }) => fields);
    if (all.length === 0) return [];
    const ends = all.map(({ end_time }) => end_time);
    const whole = {
      from: all.map(({ start_time }) => start_time).sort()[0] as string,
      to: ends.includes(null) ? null : (ends.toSorted((a, b) => compare(a ?? '', b ?? '')).at(-1) as string),
    };
    const origin = inside.length > 0 ? (inside[0]?.row.origin_id ?? inside[0]?.row.id) : own[0]?.id;
    const origin_id = all.length > 1 ? (origin as string) : null;
    return [
      ...own.map(({ id, row, fields }) => ({ id, row, fields: { ...fields, origin_id }, whole })),
      ...inside.map(({ row, fields }) => ({ id: row.id, row, fields: { ...fields, origin_id }, whole })),
    ];
  });
};

const END = '9999';
const isBefore = (instant: string | null, other: string | null): boolean => (instant ?? END) < (other ?? END);
const holds = ({ from, to }: Interval, instant: string): boolean => from <= instant && isBefore(instant, to);
/** The one whose time holds an instant; they are in order of time and overlap none. */
const holding = <T>(all: readonly T[], instant: string, spanOf: (one: T) => Interval): T | undefined => {
  let [low, high] = [0, all.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (spanOf(all[middle] as T).from <= instant) low = middle + 1;
    else high = middle;
  }
  const last = all[low - 1];
  return last !== undefined && holds(spanOf(last), instant) ? last : undefined;
};
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** How long two times overlap, milliseconds. */
const overlap = (a: Interval, b: Interval): number => {
  const from = a.from > b.from ? a.from : b.from;
  const to = isBefore(a.to, b.to) ? a.to : b.to;
  return (to === null ? Infinity : Date.parse(to)) - Date.parse(from);
};
