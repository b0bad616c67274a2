/** The limits of a sensor, and how readings cross them. Decisions only. */
import { Problem, type Reading, type SensorRow, type SensorView } from '@plantops/contracts';

type Limits = Pick<SensorRow, 'low_limit' | 'high_limit'>;
type Side = NonNullable<SensorView['breached_side']>;
/**
 * The newest reading, and since when good ones have been beyond which limit; `breached_value` is the newest of those.
 */
export type SensorState = Pick<SensorView, 'last_at' | 'last_value' | 'breached_side' | 'breached_since'> & {
  readonly breached_limit: number | null;
  readonly breached_value: number | null;
};
/** A good reading that left the limits, or came back within the one that was broken. */
export type Crossing = {
  readonly what: 'breached' | 'cleared';
  readonly side: Side;
  readonly limit: number;
  readonly value: number;
  readonly at: string;
};

const WITHIN = { breached_side: null, breached_since: null, breached_limit: null, breached_value: null };
export const UNREAD: SensorState = { last_at: null, last_value: null, ...WITHIN };

/** So many crossings of one sensor are announced at once: a value that swings around its limit delays nobody else. */
export const MOST_ANNOUNCED = 4;
/** A crossing to announce; `crossings_between`: how many lie between it and the one announced before, unannounced. */
export type Announced = Crossing & { readonly crossings_between?: number };
/** Of the crossings of one sensor, in their order: the first ones, and the last one, which says how many lie between. */
export const announcedOf = (crossings: readonly Crossing[]): readonly Announced[] => {
  const last = crossings.at(-1);
  if (last === undefined || crossings.length <= MOST_ANNOUNCED) return crossings;
  return [...crossings.slice(0, MOST_ANNOUNCED - 1), { ...last, crossings_between: crossings.length - MOST_ANNOUNCED }];
};

/** low_limit must be less than high_limit, if both are given. */
export const checkLimits = ({ low_limit, high_limit }: Limits): void => {
  if (low_limit !== null && high_limit !== null && low_limit >= high_limit)
    throw Problem.field('low_limit', `must be less than high_limit, ${high_limit}`);
};

/** Sorted by time, each instant once: of several readings for one instant the first to arrive counts. */
export const inOrder = (readings: readonly Reading[]): Reading[] =>
  readings
    .toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0))
    .filter(({ at }, index, sorted) => index === 0 || sorted[index - 1]?.at !== at);

/** Whether a reading is newer than all that were judged before. */
export const isNewer = ({ at }: Pick<Reading, 'at'>, { last_at }: Pick<SensorState, 'last_at'>): boolean =>
  last_at === null || at > last_at;

const brokenBy = (value: number, { low_limit, high_limit }: Limits): { side: Side; limit: number } | undefined => {
  if (low_limit !== null && value < low_limit) return { side: 'low', limit: low_limit };
  return high_limit !== null && value > high_limit ? { side: 'high', limit: high_limit } : undefined;
};

/**
 * Judges readings in order. One that is not newer than the last judged one is late and changes nothing. One that is
 * not good becomes the newest, but breaches and clears no limit. From beyond one limit to beyond the other is a
 * clearance and a new breach.
 */
export const judge = (
  before: SensorState,
  limits: Limits,
  readings: readonly Reading[],
): { readonly state: SensorState; readonly crossings: readonly Crossing[] } => {
  const crossings: Crossing[] = [];
  let state = before;
  for (const reading of readings) {
    if (!isNewer(reading, state)) continue;
    const { at, value, quality } = reading;
    state = { ...state, last_at: at, last_value: value };
    if (quality !== 'good') continue;
    const broken = brokenBy(value, limits);
    const { breached_side: side, breached_limit: limit } = state;
    if (side !== null && limit !== null && side !== broken?.side) {
      crossings.push({ what: 'cleared', side, limit, value, at });
      state = { ...state, ...WITHIN };
    }
    if (broken === undefined) continue;
    if (state.breached_side === null) crossings.push({ what: 'breached', ...broken, value, at });
    state = {
      ...state,
      breached_side: broken.side,
      breached_since: state.breached_since ?? at,
      breached_limit: broken.limit,
      breached_value: value,
    };
  }
  return { state, crossings };
};
