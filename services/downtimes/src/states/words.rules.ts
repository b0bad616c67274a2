/** What people said of stops. A word keeps the time that the stop had then, whatever becomes of its row. */
import type { DowntimeRow } from '@plantops/contracts';
import type { Stop } from '../downtimes/downtime.rules.ts';
import type { Part } from './departure.rules.ts';
import { byStart, holding, isBefore, overlap } from './time.rules.ts';

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
/** A part, and the row that stands for it; undefined: a new one. */
export type Owned = { readonly part: Part; readonly id: string; readonly row: DowntimeRow | undefined };
type Spoken = Said & Pick<Stop, 'reason_source'>;

/** What is said together, the field that tells that it was said first. */
export const SAID = [
  ['reason_category', 'reason_code'],
  ['is_planned'],
  ['phase'],
  ['description'],
  ['root_cause'],
  ['resolution'],
  ['acknowledged_at', 'acknowledged_by'],
] as const satisfies readonly (readonly (keyof Said)[])[];
/** An acknowledgement has an instant of its own; the rest has the time that the stop had then. */
const WITH_TIME = SAID.slice(0, -1);

/** The rows of which people said something. */
export const spokenOf = (words: readonly Word[]): ReadonlySet<string> =>
  new Set(words.filter(({ said }) => WITH_TIME.some(([first]) => first in said)).map(({ downtime_id }) => downtime_id));

/**
 * What is said of each part, in their order. Of what people said, each part takes the word that overlaps it most, of
 * equal ones the later; else it has what its states tell.
 */
export const spokenWords = (owned: readonly Owned[], words: readonly Word[]): Spoken[] => {
  const groups = WITH_TIME.map((group) => {
    const about = words.filter(({ said }) => group[0] in said);
    return { group, near: nearby(about), spoken: new Set(about.map(({ downtime_id }) => downtime_id)) };
  });
  return owned.map(({ part, id, row }) => {
    let fields: Spoken = unspoken(part);
    for (const { group, near, spoken } of groups) {
      const [first] = group;
      const word = bestOf(near(part), part);
      if (word !== undefined)
        fields = { ...fields, ...Object.fromEntries(group.map((field) => [field, word.said[field] ?? null])) };
      // A row keeps what it has, unless a word says that this belongs to another time.
      else if (row !== undefined && !DERIVED.has(first) && !spoken.has(id)) fields = { ...fields, [first]: row[first] };
      if (word !== undefined && first === 'reason_category' && word.downtime_id !== id)
        fields = { ...fields, reason_source: 'inherited' };
    }
    return fields;
  });
};

const DERIVED: ReadonlySet<string> = new Set(['reason_category', 'is_planned']);
const unspoken = ({ reason_category, reason_code, is_planned }: Part): Spoken => ({
  reason_category,
  reason_code,
  is_planned,
  phase: 'production',
  description: null,
  root_cause: null,
  resolution: null,
  reason_source: null,
});

const bestOf = (words: readonly Word[], part: Part): Word | undefined =>
  words.reduce<Word | undefined>((best, other) => {
    const least = best === undefined ? 1 : overlap(best, part);
    return overlap(other, part) >= least ? other : best;
  }, undefined);

/** A function that gives the words that may overlap a part, in the order in which they were said; parts come in order. */
const nearby = (words: readonly Word[]): ((part: Part) => readonly Word[]) => {
  const places = new Map(words.map((word, place) => [word, place]));
  const sorted = words.toSorted(byStart);
  let [next, active]: [number, Word[]] = [0, []];
  return (part) => {
    active = active.filter(({ to }) => to > part.from);
    for (let word = sorted[next]; word !== undefined && isBefore(word.from, part.to); word = sorted[(next += 1)])
      if (word.to > part.from) active.push(word);
    return active.toSorted((a, b) => (places.get(a) ?? 0) - (places.get(b) ?? 0));
  };
};

type Acknowledgement = Pick<Stop, 'acknowledged_at' | 'acknowledged_by'>;

/** An acknowledgement lies with the part that holds its instant, else with its row. Of several the first counts. */
export const acknowledgementsOf = (
  owned: readonly Owned[],
  words: readonly Word[],
): ReadonlyMap<string, Acknowledgement> => {
  const found = new Map<string, Acknowledgement>(
    owned.map(({ id }) => [id, { acknowledged_at: null, acknowledged_by: null }]),
  );
  const give = (id: string | undefined, { acknowledged_at = null, acknowledged_by = null }: Said) => {
    const other = id === undefined ? undefined : found.get(id);
    if (id === undefined || other === undefined || acknowledged_at === null) return;
    if (other.acknowledged_at === null || acknowledged_at < other.acknowledged_at)
      found.set(id, { acknowledged_at, acknowledged_by });
  };
  const spoken = new Set<string>();
  for (const { downtime_id, said } of words) {
    if (!('acknowledged_at' in said)) continue;
    spoken.add(downtime_id);
    const instant = said.acknowledged_at;
    if (typeof instant === 'string') give(holding(owned, instant, ({ part }) => part)?.id ?? downtime_id, said);
  }
  for (const { id, row } of owned) if (row && !spoken.has(id)) give(id, row);
  return found;
};
