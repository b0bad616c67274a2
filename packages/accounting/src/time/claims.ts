import { versionAt, type Interval, type LineFacts, type Stop } from '../facts.ts';
import { batchRuns, runIntervals } from './batch-runs.ts';

/** The state of a line. Every instant has exactly one. */
export type State =
  | 'no_shift'
  | 'excluded'
  | 'planned_stop'
  | 'changeover'
  | 'ramp_up'
  /** An unplanned stop at or over the threshold (ADOT). */
  | 'stop'
  /** Starved or blocked at or over the threshold (ADET). */
  | 'delay'
  /** A stop or delay under the threshold; part of APT. */
  | 'micro_stop'
  | 'running'
  /** Scheduled, but no fact says that the line was busy; not part of PBT. */
  | 'unassigned';

/** A fact that claims a state for an interval: a stop, a running interval, a calendar break or a trial. */
export interface Claim {
  readonly from: number;
  /** Infinity while open. */
  readonly to: number;
  readonly state: State;
  /** The priority when claims overlap; the lowest wins. */
  readonly rank: number;
  /** A report wins over a calendar break or trial of the same rank. */
  readonly reported: boolean;
  /** Every later report wins over an open stop. */
  readonly open: boolean;
  readonly stop_id: string | null;
}

const RANK = { excluded: 1, planned: 2, changeover: 3, ramp_up: 4, own_stop: 5, delay: 6, running: 7 } as const;

/** Negative when `a` wins: by rank, then a report before the calendar, the earlier start, the lower id. */
export function compareClaims(a: Claim, b: Claim): number {
  if (a.rank !== b.rank) return a.rank - b.rank;
  if (a.reported !== b.reported) return a.reported ? -1 : 1;
  if (a.from !== b.from) return a.from - b.from;
  const left = a.stop_id ?? '';
  const right = b.stop_id ?? '';
  return left < right ? -1 : left > right ? 1 : 0;
}

/** The claims of a line's facts, without calendar breaks, by start. */
export function claimsOf(facts: LineFacts, now: number): Claim[] {
  const whole = reportedIntervals(facts.stops, now);
  const claims: Claim[] = facts.stops.map((stop) => stopClaim(stop, isMicro(facts, stop, whole)));
  for (const interval of facts.running)
    claims.push({ ...plain('running', RANK.running, interval.from, interval.to), reported: true });
  for (const { run, from, to } of runIntervals(batchRuns(facts))) {
    if (run.batch.trial) claims.push(plain('planned_stop', RANK.planned, from, to));
  }
  return claims.filter((claim) => claim.from < claim.to).sort((a, b) => a.from - b.from || compareClaims(a, b));
}

export function breakClaim(pause: { from: number; to: number }): Claim {
  return plain('planned_stop', RANK.planned, pause.from, pause.to);
}

function plain(state: State, rank: number, from: number, to: number | null): Claim {
  return { from, to: to ?? Infinity, state, rank, reported: false, open: false, stop_id: null };
}

function stopClaim(stop: Stop, micro: boolean): Claim {
  const { state, rank } = classify(stop, micro);
  const open = stop.to === null;
  return { from: stop.from, to: stop.to ?? Infinity, state, rank, reported: true, open, stop_id: stop.id };
}

/** The threshold applies to the whole reported stop, but not to planned stops, changeovers and ramp-up. */
function classify(stop: Stop, micro: boolean): { state: State; rank: number } {
  if (stop.is_excluded) return { state: 'excluded', rank: RANK.excluded };
  if (stop.reason_category === 'changeover') return { state: 'changeover', rank: RANK.changeover };
  if (stop.is_planned) return { state: 'planned_stop', rank: RANK.planned };
  if (stop.phase === 'startup') return { state: 'ramp_up', rank: RANK.ramp_up };
  const delay = stop.reason_category === 'starved' || stop.reason_category === 'blocked';
  const rank = delay ? RANK.delay : RANK.own_stop;
  if (micro) return { state: 'micro_stop', rank };
  return { state: delay ? 'delay' : 'stop', rank };
}

/** Whether a reported stop, with all of its parts, is shorter than the threshold in force at its start. */
export function isMicro(
  { prices }: Pick<LineFacts, 'prices'>,
  stop: Stop,
  whole: ReadonlyMap<string, Interval>,
): boolean {
  const { from, to } = whole.get(originOf(stop)) ?? { from: stop.from, to: stop.from };
  return to - from < thresholdMs({ prices }, stop, whole);
}

/** The shortest unplanned stop that counts as a stop, in force as the whole stop began, milliseconds. */
export function thresholdMs(
  { prices }: Pick<LineFacts, 'prices'>,
  stop: Stop,
  whole: ReadonlyMap<string, Interval>,
): number {
  const since = whole.get(originOf(stop))?.from ?? stop.from;
  return 1000 * (stop.micro_stop_seconds ?? versionAt(prices, since)?.micro_stop_seconds ?? 300);
}

/** The reported stop of a part: itself, unless it was split. */
export function originOf(stop: Stop): string {
  return stop.origin_id ?? stop.id;
}

/** The interval of each reported stop, with all of its parts, up to now while it is open. */
export function reportedIntervals(stops: readonly Stop[], now: number): ReadonlyMap<string, Interval> {
  const intervals = new Map<string, Interval>();
  for (const stop of stops) {
    const origin = originOf(stop);
    const known = intervals.get(origin);
    const to = stop.to ?? Math.max(now, stop.from);
    intervals.set(origin, { from: Math.min(known?.from ?? stop.from, stop.from), to: Math.max(known?.to ?? to, to) });
  }
  return intervals;
}
