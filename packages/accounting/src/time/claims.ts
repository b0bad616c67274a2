import { versionAt, type Interval, type LineFacts, type Stop } from '../facts.ts';
import { batchRuns } from './batch-runs.ts';

/** What an instant of a line is; exactly one at a time. */
export type State =
  | 'no_shift'
  | 'excluded'
  | 'planned_stop'
  | 'changeover'
  | 'ramp_up'
  /** Unplanned stop at or over the threshold (ADOT). */
  | 'stop'
  /** Starved or blocked at or over the threshold (ADET). */
  | 'delay'
  /** Either of these under the threshold; part of APT. */
  | 'micro_stop'
  | 'running'
  /** Scheduled, but nothing says the line was busy; no part of PBT. */
  | 'unassigned';

/** Something that says what the line was in a time: a stop, a running span, a calendar break or a trial. */
export interface Claim {
  readonly from: number;
  /** Infinity while open. */
  readonly to: number;
  readonly state: State;
  /** Priority where claims overlap, lowest first. */
  readonly rank: number;
  /** Calendar breaks and trials give way to a report of the same rank. */
  readonly reported: boolean;
  /** An open stop gives way to every later report. */
  readonly open: boolean;
  readonly stop_id: string | null;
}

const RANK = { excluded: 1, planned: 2, changeover: 3, ramp_up: 4, own_stop: 5, delay: 6, running: 7 } as const;

/** Negative when `a` prevails: rank, then a report before the calendar, the earlier start, the lower id. */
export function compareClaims(a: Claim, b: Claim): number {
  if (a.rank !== b.rank) return a.rank - b.rank;
  if (a.reported !== b.reported) return a.reported ? -1 : 1;
  if (a.from !== b.from) return a.from - b.from;
  const left = a.stop_id ?? '';
  const right = b.stop_id ?? '';
  return left < right ? -1 : left > right ? 1 : 0;
}

/** What a line's facts claim, calendar breaks left out, by start. */
export function claimsOf(facts: LineFacts, now: number): Claim[] {
  const whole = reportedSpans(facts.stops, now);
  const claims: Claim[] = facts.stops.map((stop) => stopClaim(stop, isMicro(facts, stop, whole)));
  for (const span of facts.running) claims.push({ ...plain('running', RANK.running, span.from, span.to), reported: true });
  for (const run of batchRuns(facts)) {
    if (run.batch.trial) claims.push(plain('planned_stop', RANK.planned, run.from, run.to));
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

/** The threshold is tested on the whole reported stop; never on planned stops, changeovers and ramp-up. */
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

/** Whether a reported stop, all parts of it together, is shorter than the threshold in force at its start. */
export function isMicro({ prices }: Pick<LineFacts, 'prices'>, stop: Stop, whole: ReadonlyMap<string, Interval>): boolean {
  const { from, to } = whole.get(originOf(stop)) ?? { from: stop.from, to: stop.from };
  const seconds = stop.micro_stop_seconds ?? versionAt(prices, from)?.micro_stop_seconds ?? 300;
  return to - from < seconds * 1000;
}

/** The reported stop a part belongs to: itself, unless it was split. */
export function originOf(stop: Stop): string {
  return stop.origin_id ?? stop.id;
}

/** The span of each reported stop, its parts together, up to now while open. */
export function reportedSpans(stops: readonly Stop[], now: number): ReadonlyMap<string, Interval> {
  const spans = new Map<string, Interval>();
  for (const stop of stops) {
    const origin = originOf(stop);
    const known = spans.get(origin);
    const to = stop.to ?? Math.max(now, stop.from);
    spans.set(origin, { from: Math.min(known?.from ?? stop.from, stop.from), to: Math.max(known?.to ?? to, to) });
  }
  return spans;
}
