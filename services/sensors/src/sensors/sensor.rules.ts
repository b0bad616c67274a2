/** The limits of a sensor, and how readings cross them. Decisions only. */
import { Problem, type Reading, type SensorRow, type SensorView } from '@plantops/contracts';

type Limits = Pick<SensorRow, 'low_limit' | 'high_limit' | 'deadband' | 'delay_seconds'>;
type Side = NonNullable<SensorView['breached_side']>;
/**
 * The newest reading, and since when good ones have been beyond which limit: pending until that has lasted for the
 * delay, then breached. The values are the newest of those.
 */
export type SensorState = Pick<SensorView, 'last_at' | 'last_value' | 'breached_side' | 'breached_since'> & {
  readonly breached_limit: number | null;
  readonly breached_value: number | null;
  readonly pending_side: Side | null;
  readonly pending_since: string | null;
  readonly pending_limit: number | null;
  readonly pending_value: number | null;
  /** When the newest crossing was; null: none was yet. */
  readonly crossed_at: string | null;
};
/** A limit that is breached, or no more. */
export type Crossing = {
  readonly what: 'breached' | 'cleared';
  readonly side: Side;
  readonly limit: number;
  readonly value: number;
  readonly at: string;
};

const WITHIN = { breached_side: null, breached_since: null, breached_limit: null, breached_value: null };
const NOT_PENDING = { pending_side: null, pending_since: null, pending_limit: null, pending_value: null };
export const UNREAD: SensorState = { last_at: null, last_value: null, ...WITHIN, ...NOT_PENDING, crossed_at: null };

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

/** low_limit must be less than high_limit, if both are given, and the deadband leaves room between them. */
export const checkLimits = ({ low_limit, high_limit, deadband }: Omit<Limits, 'delay_seconds'>): void => {
  if (low_limit === null || high_limit === null) return;
  if (low_limit >= high_limit) throw Problem.field('low_limit', `must be less than high_limit, ${high_limit}`);
  if (deadband > high_limit - low_limit)
    throw Problem.field('deadband', `must be at most what lies between the limits, ${high_limit - low_limit}`);
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

/** Whether a value is back within the limit of a side, by more than the deadband. */
const isBack = (value: number, side: Side, { low_limit, high_limit, deadband }: Limits): boolean =>
  side === 'low'
    ? low_limit === null || value >= low_limit + deadband
    : high_limit === null || value <= high_limit - deadband;

type Judged = { readonly state: SensorState; readonly crossings: readonly Crossing[] };

/** When what is pending becomes a breach; null: nothing is pending. */
export const dueAt = (
  { pending_since }: SensorState,
  { delay_seconds }: Pick<Limits, 'delay_seconds'>,
): string | null =>
  pending_since === null ? null : new Date(Date.parse(pending_since) + 1_000 * delay_seconds).toISOString();

/** Limits may have changed since values began to be pending: those that are within them now are pending no more. */
export const judgePending = (state: SensorState, limits: Limits): SensorState => {
  if (state.pending_value === null) return state;
  const broken = brokenBy(state.pending_value, limits);
  return { ...state, ...(broken?.side === state.pending_side ? { pending_limit: broken.limit } : NOT_PENDING) };
};

/** No crossing is before the one before it: that one may have come by a later instant than the reading that follows. */
const notBefore = (at: string, { crossed_at }: SensorState): string =>
  crossed_at !== null && crossed_at > at ? crossed_at : at;

/** Values that are still beyond a limit at an instant have breached it where their delay was over. */
export const judgeAt = (before: SensorState, limits: Limits, at: string): Judged => {
  const state = judgePending(before, limits);
  const { pending_side: side, pending_since, pending_limit: limit, pending_value: value } = state;
  const due = dueAt(state, limits);
  if (side === null || limit === null || value === null || due === null || at < due) return { state, crossings: [] };
  const crossed_at = notBefore(due, state);
  return {
    state: {
      ...state,
      ...NOT_PENDING,
      crossed_at,
      breached_side: side,
      breached_since: pending_since,
      breached_limit: limit,
      breached_value: value,
    },
    crossings: [{ what: 'breached', side, limit, value, at: crossed_at }],
  };
};

/**
 * Judges readings in order. One that is not newer than the last judged one is late and changes nothing. One that is
 * not good becomes the newest, but breaches and clears no limit. From beyond one limit to beyond the other is a
 * clearance and a new breach.
 */
export const judge = (before: SensorState, limits: Limits, readings: readonly Reading[]): Judged => {
  const crossings: Crossing[] = [];
  let state = before;
  const passTo = (at: string) => {
    const judged = judgeAt(state, limits, at);
    crossings.push(...judged.crossings);
    ({ state } = judged);
  };
  for (const reading of readings) {
    if (!isNewer(reading, state)) continue;
    const { at, value, quality } = reading;
    state = { ...state, last_at: at, last_value: value };
    if (quality !== 'good') continue;
    passTo(at);
    const broken = brokenBy(value, limits);
    const { breached_side: side, breached_limit: limit } = state;
    if (side !== null && limit !== null) {
      if (broken?.side === side || (broken === undefined && !isBack(value, side, limits))) {
        state = { ...state, breached_value: value, breached_limit: broken?.limit ?? limit };
        continue;
      }
      const crossed_at = notBefore(at, state);
      crossings.push({ what: 'cleared', side, limit, value, at: crossed_at });
      state = { ...state, ...WITHIN, crossed_at };
    }
    if (broken === undefined) state = { ...state, ...NOT_PENDING };
    else {
      const since = state.pending_side === broken.side ? state.pending_since : at;
      state = {
        ...state,
        pending_side: broken.side,
        pending_since: since,
        pending_limit: broken.limit,
        pending_value: value,
      };
      passTo(at);
    }
  }
  return { state, crossings };
};
