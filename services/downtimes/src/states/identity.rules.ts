/**
 * Which row stands for which part of a departure. Parts move when reports come late; a row keeps its id, what a person
 * said keeps its time, and the times that a person gave stay.
 */
import type { DowntimeRow } from '@plantops/contracts';
import type { Stop } from '../downtimes/downtime.rules.ts';
import type { Part } from './departure.rules.ts';
import { byStart, compare, holding, isBefore, mostOverlapped, without, type Interval } from './time.rules.ts';
import { acknowledgementsOf, spokenOf, spokenWords, type Owned, type Said, type Word } from './words.rules.ts';

/** A row that was derived from states. */
export type KnownStop = {
  readonly row: DowntimeRow;
  /** The start it first had. */
  readonly first_from: string;
  /** Where its part began when it was derived last. */
  readonly derived_from: string;
  /** Whether that lies in the time that is derived now. Else the row only has its time. */
  readonly isNear: boolean;
  /** The ends that a person gave: a row with one of them has the other one from its part. */
  readonly given: { readonly from: string | null; readonly to: string | null };
  /**
   * The time of a row that does not follow the states any more: a person gave both ends, split or voided it. No other
   * derived stop takes it; with `takesRest` nor the rest of the part that it was derived from.
   */
  readonly fixed: (Interval & { readonly takesRest: boolean }) | null;
};
/** A row as it should be. */
export type Wanted = {
  readonly id: string;
  /** undefined: a new row. */
  readonly row: DowntimeRow | undefined;
  readonly fields: Said & Pick<Stop, 'start_time' | 'end_time' | 'is_end_assumed' | 'reason_source' | 'origin_id'>;
  /** Where its part begins; undefined: it has none. */
  readonly derived_from: string | undefined;
  /** The times of its departure: the threshold is for the whole. */
  readonly whole: Interval;
};
export type Plan = {
  /** Rows without a part of their own. */
  readonly withdrawn: readonly DowntimeRow[];
  readonly wanted: readonly Wanted[];
};
type Placed = {
  readonly departure: Interval | undefined;
  readonly one: Omit<Wanted, 'fields' | 'whole'> & { readonly fields: Omit<Wanted['fields'], 'origin_id'> };
};

/** Call with the parts in order of time and the words in the order in which they were said. */
export const planOf = (
  parts: readonly Part[],
  known: readonly KnownStop[],
  words: readonly Word[],
  newId: () => string,
): Plan => {
  const live = known.filter(({ isNear, fixed, row }) => isNear && fixed === null && row.voided_at === null);
  const [halves, free] = [live.filter(isHalf), live.filter((stop) => !isHalf(stop))];
  const taken = known.flatMap((stop) => (stop.isNear && isHalf(stop) ? [] : takenBy(stop, parts)));
  const left = without(parts, taken);
  const partOfHalf = ownersOf(left, halves, words);
  const half = halves.map((stop) => halfOf(stop, partOfHalf.get(stop)));
  const ofHalves = new Set(half.map(({ part }) => part));
  const rest = without(
    left.filter((part) => !ofHalves.has(part)),
    half,
  );
  const rowOf = new Map([...ownersOf(rest, free, words)].map(([{ row }, part]) => [part, row]));
  const whole = rest.map((part) => ({ part, id: rowOf.get(part)?.id ?? newId(), row: rowOf.get(part), ...part }));
  const kept = new Set(rowOf.values());
  return {
    withdrawn: free.flatMap(({ row }) => (kept.has(row) ? [] : [row])),
    wanted: withOrigins([
      ...derived([...whole, ...half.filter(hasPart)].toSorted(byPart), words),
      ...half.flatMap((one) => (hasPart(one) ? [] : place(undefined, undefined, one))),
      ...fixedIn(parts, known),
    ]),
  };
};

/** Whether a person gave one end. */
const isHalf = ({ given, fixed }: KnownStop): boolean => fixed === null && (given.from !== null || given.to !== null);

/** The time that a row takes, so that no derived stop has it. */
const takenBy = (stop: KnownStop, parts: readonly Part[]): Interval[] => {
  const { row, fixed, isNear, derived_from } = stop;
  const own = row.voided_at === null ? [{ from: row.start_time, to: row.end_time }] : [];
  if (fixed === null) return isHalf(stop) ? own : [];
  const part = fixed.takesRest && isNear ? holding(parts, derived_from, (one) => one) : undefined;
  const until = part !== undefined && isBefore(fixed.to, part.to) ? part.to : fixed.to;
  return [{ from: fixed.from, to: until }, ...own];
};

/**
 * A row stays with the part that holds the start it first had, else with the one that it overlaps most. Of two rows in
 * one part the one with a person's word stays, else the earlier.
 */
const ownersOf = (
  parts: readonly Part[],
  known: readonly KnownStop[],
  words: readonly Word[],
): ReadonlyMap<KnownStop, Part> => {
  const spoken = spokenOf(words);
  const owners = new Map<Part, KnownStop>();
  for (const stop of known.toSorted((a, b) => compare(a.first_from, b.first_from) || compare(a.row.id, b.row.id))) {
    const { start_time: from, end_time: to } = stop.row;
    const part = holding(parts, stop.first_from, (one) => one) ?? mostOverlapped(parts, { from, to });
    if (part === undefined) continue;
    const other = owners.get(part);
    if (other === undefined || (spoken.has(stop.row.id) && !spoken.has(other.row.id))) owners.set(part, stop);
  }
  return new Map([...owners].map(([part, stop]) => [stop, part]));
};

/** A row with its times, and the part that it stands for. */
type Timed = Interval & Pick<Owned, 'id' | 'row'> & { readonly part: Part | undefined };
const hasPart = (one: Timed): one is Timed & { readonly part: Part } => one.part !== undefined;
const byPart = (a: { readonly part: Part }, b: { readonly part: Part }): number => byStart(a.part, b.part);

/**
 * A row of which a person gave one end: the other end is that of its part. Without a part it keeps what it has; an open
 * one ends where it was derived last.
 */
const halfOf = ({ given, row, derived_from }: KnownStop, part: Part | undefined): Timed => {
  const from = given.from ?? part?.from ?? row.start_time;
  const to = given.to ?? (part === undefined ? (row.end_time ?? derived_from) : part.to);
  const isPossible = to === null || from < to;
  return { id: row.id, row, part, from, to: isPossible ? to : new Date(Date.parse(from) + 1).toISOString() };
};

const derived = (owned: readonly (Timed & { readonly part: Part })[], words: readonly Word[]): Placed[] => {
  const acknowledgements = acknowledgementsOf(owned, words);
  const spoken = spokenWords(owned, words);
  return owned.map((one, index) =>
    place(one.part.departure, one.part.from, one, { ...spoken[index], ...acknowledgements.get(one.id) }),
  );
};

const place = (
  departure: Interval | undefined,
  derived_from: string | undefined,
  { id, row, part, from, to }: Timed,
  said: Said & Partial<Pick<Stop, 'reason_source'>> = {},
): Placed => ({
  departure,
  one: {
    id,
    row,
    derived_from,
    fields: {
      start_time: from,
      end_time: to,
      is_end_assumed: part === undefined ? (row?.is_end_assumed ?? false) : part.is_end_assumed && part.to === to,
      reason_source: row?.reason_source ?? null,
      ...said,
    },
  },
});

/** Rows that do not follow the states any more, by the departure in which they begin. */
const fixedIn = (parts: readonly Part[], known: readonly KnownStop[]): Placed[] => {
  const departures = [...new Set(parts.map(({ departure }) => departure))];
  return known.flatMap(({ row, fixed }) => {
    if (fixed === null || row.voided_at !== null) return [];
    const { id, start_time: from, end_time: to } = row;
    return [
      place(
        holding(departures, from, (one) => one),
        undefined,
        { id, row, from, to, part: undefined },
      ),
    ];
  });
};

/** The parts of a departure share an origin, as those of a split stop do. What stands alone keeps the one it has. */
const withOrigins = (placed: readonly Placed[]): Wanted[] =>
  [...Map.groupBy(placed, ({ departure }) => departure)].flatMap(([departure, all]) => {
    const rows = all.map(({ one }) => one).toSorted((a, b) => compare(a.fields.start_time, b.fields.start_time));
    if (departure === undefined || rows.length === 1)
      return rows.map((one) => {
        const { start_time: from, end_time: to } = one.fields;
        const isDerived = one.derived_from !== undefined;
        const origin_id = isDerived ? null : (one.row?.origin_id ?? null);
        return { ...one, fields: { ...one.fields, origin_id }, whole: { from, to } };
      });
    const ends = rows.map(({ fields }) => fields.end_time);
    const whole = {
      from: rows[0]?.fields.start_time as string,
      to: ends.includes(null) ? null : (ends.toSorted((a, b) => compare(a ?? '', b ?? '')).at(-1) as string),
    };
    const origin_id = rows.find(({ row }) => row?.origin_id)?.row?.origin_id ?? rows[0]?.id ?? null;
    return rows.map((one) => ({ ...one, fields: { ...one.fields, origin_id }, whole }));
  });
