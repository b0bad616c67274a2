import { batchRuns, runAt, runOf } from './batch-runs.ts';
import { lastStarted } from '../numbers/search.ts';
import { midnightsIn, shiftsIn, localDateOf, type ShiftInstance } from './calendar.ts';
import { breakClaim, claimsOf, compareClaims, type Claim, type State } from './claims.ts';
import type { Interval, LineFacts } from '../facts.ts';
import { Heap } from '../numbers/heap.ts';

/** A stretch of a line's time with one state, inside one shift, one local day and one batch. */
export interface Piece extends Interval {
  readonly state: State;
  /** The stop that gives the state; null for calendar breaks, trials, running and unassigned time. */
  readonly stop_id: string | null;
  /** The batch that runs at this time, whatever the stop names. */
  readonly batch_id: string | null;
  /** Start day of the shift, else the local day. */
  readonly business_date: string;
  /** The calendar date of the piece itself. */
  readonly local_date: string;
  readonly shift_key: string | null;
}

/** The part of a stop that lost to something of higher priority. It pays nothing. */
export interface MaskedPart extends Interval {
  readonly stop_id: string;
}

export interface Ladder {
  /** Gapless partition of the window, in order. */
  readonly pieces: readonly Piece[];
  readonly masked: readonly MaskedPart[];
}

/**
 * Lays a window of a line's time, cut at now: every instant gets exactly one state.
 * Priority: no shift > excluded > planned > changeover > ramp-up > own stop > starved/blocked > running; within a
 * rank the earlier start, then the lower id; an open stop yields to any later report.
 */
export function layTime(facts: LineFacts, window: Interval, now: number): Ladder {
  return laySpan(facts, { from: window.from, to: Math.min(window.to, now) }, now);
}

/** As `layTime`, not cut: open stops and running batches go on to the end of the span. */
export function laySpan(facts: LineFacts, span: Interval, now: number): Ladder {
  if (!Number.isFinite(span.from) || !Number.isFinite(span.to)) throw new RangeError('a window has two ends');
  if (span.from >= span.to) return { pieces: [], masked: [] };
  const shifts = shiftsIn(facts, span);
  const runs = batchRuns(facts);
  const breaks = shifts.flatMap((shift) => shift.breaks.map(breakClaim));
  const claims = [...claimsOf(facts, now), ...breaks].filter((claim) => claim.to > span.from && claim.from < span.to);
  claims.sort((a, b) => a.from - b.from || compareClaims(a, b));
  const busy = busyShifts(facts, shifts);
  const edges = edgesOf(span, [
    shifts,
    claims,
    runs.map((run) => ({ from: run.from, to: run.to ?? Infinity })),
    midnightsIn(facts.timezone, span).map((at) => ({ from: at, to: at })),
  ]);

  const pieces: Piece[] = [];
  const active = new ActiveClaims(claims);
  let shiftIndex = 0;
  let day = { until: -Infinity, date: '' };
  for (const [index, from] of edges.entries()) {
    const to = edges[index + 1];
    if (to === undefined) break;
    while ((shifts[shiftIndex]?.to ?? Infinity) <= from) shiftIndex += 1;
    const shift = shiftHolding(shifts[shiftIndex], from);
    if (from >= day.until) day = dayHolding(facts.timezone, from, span.to);
    const run = runAt(runs, from);
    const winner = active.winnerAt(from);
    const isBusy = run !== undefined || (shift !== undefined && busy.has(shift.key));
    const state = shift === undefined ? 'no_shift' : (winner?.state ?? (isBusy ? 'running' : 'unassigned'));
    append(pieces, {
      from,
      to,
      state,
      stop_id: shift === undefined ? null : (winner?.stop_id ?? null),
      batch_id: run?.batch.id ?? null,
      business_date: shift?.business_date ?? day.date,
      local_date: day.date,
      shift_key: shift?.key ?? null,
    });
  }
  return { pieces, masked: maskedParts(facts, span, pieces) };
}

/** Shifts of a calendar with counts that belong to no batch: the line was busy throughout. */
function busyShifts(facts: LineFacts, shifts: readonly ShiftInstance[]): ReadonlySet<string> {
  const busy = new Set<string>();
  const runs = batchRuns(facts);
  for (const count of facts.counts) {
    const shift = lastStarted(shifts, count.at);
    if (shift?.scheduled !== true || count.at >= shift.to || busy.has(shift.key)) continue;
    if (runOf(runs, count) === undefined) busy.add(shift.key);
  }
  return busy;
}

function edgesOf(span: Interval, sources: readonly (readonly Interval[])[]): number[] {
  const edges = [span.from, span.to];
  for (const { from, to } of sources.flat()) {
    if (from > span.from && from < span.to) edges.push(from);
    if (to > span.from && to < span.to) edges.push(to);
  }
  edges.sort((a, b) => a - b);
  return edges.filter((edge, index) => edge !== edges[index - 1]);
}

function shiftHolding(shift: ShiftInstance | undefined, at: number): ShiftInstance | undefined {
  return shift !== undefined && shift.from <= at && at < shift.to ? shift : undefined;
}

function dayHolding(timezone: string, at: number, end: number): { until: number; date: string } {
  const until = midnightsIn(timezone, { from: at, to: Math.min(end, at + 26 * 3_600_000) })[0] ?? end;
  return { until, date: localDateOf(timezone, at) };
}

function append(pieces: Piece[], piece: Piece): void {
  const last = pieces.at(-1);
  const same =
    last !== undefined &&
    last.state === piece.state &&
    last.stop_id === piece.stop_id &&
    last.batch_id === piece.batch_id &&
    last.shift_key === piece.shift_key &&
    last.business_date === piece.business_date &&
    last.local_date === piece.local_date;
  if (same) pieces[pieces.length - 1] = { ...last, to: piece.to };
  else pieces.push(piece);
}

/** The claims that hold at an instant; instants are asked in rising order. */
class ActiveClaims {
  readonly #claims: readonly Claim[];
  readonly #closed = new Heap<Claim>(compareClaims);
  /** Reports by start; the last one still running tells which open stops must yield. */
  readonly #reports: Claim[] = [];
  #open: Claim | undefined;
  #next = 0;

  constructor(claims: readonly Claim[]) {
    this.#claims = claims;
  }

  winnerAt(at: number): Claim | undefined {
    for (let claim = this.#claims[this.#next]; claim !== undefined && claim.from <= at; claim = this.#claims[this.#next]) {
      this.#start(claim);
      this.#next += 1;
    }
    while ((this.#closed.peek()?.to ?? Infinity) <= at) this.#closed.pop();
    while ((this.#reports.at(-1)?.to ?? Infinity) <= at) this.#reports.pop();
    const closed = this.#closed.peek();
    const open = this.#open !== undefined && this.#open.from === this.#reports.at(-1)?.from ? this.#open : undefined;
    if (closed === undefined || open === undefined) return closed ?? open;
    return compareClaims(closed, open) <= 0 ? closed : open;
  }

  #start(claim: Claim): void {
    if (claim.reported) this.#reports.push(claim);
    if (!claim.open) this.#closed.push(claim);
    else if (this.#open === undefined || this.#open.from < claim.from || compareClaims(claim, this.#open) < 0) {
      this.#open = claim;
    }
  }
}

/** What of each stop, inside the window, is not in its own pieces. */
function maskedParts(facts: LineFacts, span: Interval, pieces: readonly Piece[]): MaskedPart[] {
  const own = new Map<string, Piece[]>();
  for (const piece of pieces) {
    if (piece.stop_id === null) continue;
    const list = own.get(piece.stop_id);
    if (list === undefined) own.set(piece.stop_id, [piece]);
    else list.push(piece);
  }
  const masked: MaskedPart[] = [];
  for (const stop of facts.stops) {
    const end = Math.min(stop.to ?? Infinity, span.to);
    let from = Math.max(stop.from, span.from);
    for (const piece of own.get(stop.id) ?? []) {
      if (piece.from > from) masked.push({ stop_id: stop.id, from, to: piece.from });
      from = piece.to;
    }
    if (from < end) masked.push({ stop_id: stop.id, from, to: end });
  }
  return masked.sort((a, b) => a.from - b.from || (a.stop_id < b.stop_id ? -1 : 1));
}
