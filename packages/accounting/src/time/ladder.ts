import { batchRuns, runAt, runIntervals } from './batch-runs.ts';
import { lastStarted } from '../numbers/search.ts';
import { midnightsIn, shiftsIn, localDateOf, type ShiftInstance } from './calendar.ts';
import { busyByLooseUnits } from './loose.ts';
import { breakClaim, claimsOf, compareClaims, type Claim, type State } from './claims.ts';
import type { Interval, LineFacts } from '../facts.ts';
import { Heap } from '../numbers/heap.ts';

/** An interval of a line with one state, in one shift, one local day and one batch. */
export interface Piece extends Interval {
  readonly state: State;
  /** The stop that gives the state; null for calendar breaks, trials, running and unassigned time. */
  readonly stop_id: string | null;
  /** The batch that runs at this time. The stop may name another one. */
  readonly batch_id: string | null;
  /** Start day of the shift, else the local day. */
  readonly business_date: string;
  /** The local date of the piece itself. */
  readonly local_date: string;
  readonly shift_key: string | null;
}

/** The part of a stop that a claim of higher priority hides. It costs nothing. */
export interface MaskedPart extends Interval {
  readonly stop_id: string;
}

export interface Ladder {
  /** The pieces of the window, in order and without gaps. */
  readonly pieces: readonly Piece[];
  readonly masked: readonly MaskedPart[];
}

/**
 * Lays the time of a line in a window, cut at now: every instant gets exactly one state.
 * Priority: no shift > excluded > planned > changeover > ramp-up > own stop > starved/blocked > running; within a
 * rank the earlier start, then the lower id; any later report wins over an open stop.
 */
export function layTime(facts: LineFacts, window: Interval, now: number): Ladder {
  return layInterval(facts, { from: window.from, to: Math.min(window.to, now) }, now);
}

/** Like `layTime`, but not cut at now: open stops and running batches last until the end of the interval. */
export function layInterval(facts: LineFacts, interval: Interval, now: number): Ladder {
  if (!Number.isFinite(interval.from) || !Number.isFinite(interval.to))
    throw new RangeError('a window must have two ends');
  if (interval.from >= interval.to) return { pieces: [], masked: [] };
  const shifts = shiftsIn(facts, interval);
  const runs = batchRuns(facts);
  const breaks = shifts.flatMap((shift) => shift.breaks.map(breakClaim));
  const claims = [...claimsOf(facts, now), ...breaks].filter(
    (claim) => claim.to > interval.from && claim.from < interval.to,
  );
  claims.sort((a, b) => a.from - b.from || compareClaims(a, b));
  // What is reported as a shift ends was made in it, also where that is as the interval begins.
  const busy = busyByLooseUnits(facts, shiftsIn(facts, { from: interval.from - 1, to: interval.to }));
  const edges = edgesOf(interval, [
    shifts,
    busy,
    claims,
    runIntervals(runs).map(({ from, to }) => ({ from, to: to ?? Infinity })),
    midnightsIn(facts.timezone, interval).map((at) => ({ from: at, to: at })),
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
    if (from >= day.until) day = dayHolding(facts.timezone, from, interval.to);
    const run = runAt(runs, from);
    const winner = active.winnerAt(from);
    const isBusy = run !== undefined || from < (lastStarted(busy, from)?.to ?? -Infinity);
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
  return { pieces, masked: maskedParts(facts, interval, pieces) };
}

function edgesOf(interval: Interval, sources: readonly (readonly Interval[])[]): number[] {
  const edges = [interval.from, interval.to];
  for (const { from, to } of sources.flat()) {
    if (from > interval.from && from < interval.to) edges.push(from);
    if (to > interval.from && to < interval.to) edges.push(to);
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

/** The claims at an instant. Instants must be asked for in ascending order. */
class ActiveClaims {
  readonly #claims: readonly Claim[];
  readonly #closed = new Heap<Claim>(compareClaims);
  /** Reports by start. An open stop loses to any later report that is still active. */
  readonly #reports: Claim[] = [];
  #open: Claim | undefined;
  #next = 0;

  constructor(claims: readonly Claim[]) {
    this.#claims = claims;
  }

  winnerAt(at: number): Claim | undefined {
    for (
      let claim = this.#claims[this.#next];
      claim !== undefined && claim.from <= at;
      claim = this.#claims[this.#next]
    ) {
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

/** The parts of each stop, in the window, that are not in its own pieces. */
function maskedParts(facts: LineFacts, interval: Interval, pieces: readonly Piece[]): MaskedPart[] {
  const own = new Map<string, Piece[]>();
  for (const piece of pieces) {
    if (piece.stop_id === null) continue;
    const list = own.get(piece.stop_id);
    if (list === undefined) own.set(piece.stop_id, [piece]);
    else list.push(piece);
  }
  const masked: MaskedPart[] = [];
  for (const stop of facts.stops) {
    const end = Math.min(stop.to ?? Infinity, interval.to);
    let from = Math.max(stop.from, interval.from);
    for (const piece of own.get(stop.id) ?? []) {
      if (piece.from > from) masked.push({ stop_id: stop.id, from, to: piece.from });
      from = piece.to;
    }
    if (from < end) masked.push({ stop_id: stop.id, from, to: end });
  }
  return masked.sort((a, b) => a.from - b.from || (a.stop_id < b.stop_id ? -1 : 1));
}
