import type { BatchRun } from './batch-runs.ts';
import type { State } from './claims.ts';
import type { Interval, LineFacts } from '../facts.ts';
import { shiftsIn } from './calendar.ts';
import { looseIntervalAt } from './loose.ts';
import type { Piece } from './ladder.ts';
import { lastStarted, startedBy } from '../numbers/search.ts';

const BUSY: ReadonlySet<State> = new Set<State>(['changeover', 'ramp_up', 'stop', 'delay', 'micro_stop', 'running']);

/** Whether a state is part of planned busy time (PBT). */
export function isBusy(state: State): boolean {
  return BUSY.has(state);
}

/** The place of units: an instant of PBT and its piece. */
export interface Place {
  readonly at: number;
  readonly piece: Piece;
}

/** Laid time, with lookups by instant and batch. */
export class Timeline {
  readonly pieces: readonly Piece[];
  readonly #busy = new Map<string | null, Piece[]>();
  readonly #looseAt: (at: number) => Interval | undefined;

  /** `looseAt` gives the shift or clock hour of units without a batch at an instant. */
  constructor(pieces: readonly Piece[], looseAt: (at: number) => Interval | undefined) {
    this.pieces = pieces;
    this.#looseAt = looseAt;
    for (const piece of pieces) {
      if (!isBusy(piece.state)) continue;
      const list = this.#busy.get(piece.batch_id);
      if (list === undefined) this.#busy.set(piece.batch_id, [piece]);
      else list.push(piece);
    }
  }

  pieceAt(at: number): Piece | undefined {
    const piece = lastStarted(this.pieces, at);
    return piece !== undefined && at < piece.to ? piece : undefined;
  }

  /** The running pieces of a batch (APT less micro-stops), in order. */
  runningOf(batch_id: string): readonly Piece[] {
    return (this.#busy.get(batch_id) ?? []).filter((piece) => piece.state === 'running');
  }

  /** The shift or clock hour of units without a batch that are reported at an instant. */
  looseIntervalAt(at: number): Interval | undefined {
    return this.#looseAt(at);
  }

  /**
   * The place of units that are reported at an instant: that instant, or, when it is outside of PBT or after the
   * batch's end, the last PBT instant of the batch before it. Units without a batch are placed in their shift or clock
   * hour. Undefined: they have no place.
   */
  place(run: BatchRun | undefined, at: number): Place | undefined {
    const batch_id = run?.batch.id ?? null;
    const own = run === undefined ? this.#looseAt(at) : { from: -Infinity, to: Infinity };
    if (own === undefined) return undefined;
    const here = this.pieceAt(at);
    if (here !== undefined && isBusy(here.state) && here.batch_id === batch_id && at < own.to)
      return { at, piece: here };
    const busy = this.#busy.get(batch_id) ?? [];
    const piece = busy[startedBy(busy, at - 1) - 1];
    if (piece === undefined) return undefined;
    const last = Math.min(piece.to, at) - 1;
    return last < own.from ? undefined : { at: last, piece };
  }
}

/** Laid time, with the places of units. */
export function timelineOf(facts: LineFacts, pieces: readonly Piece[]): Timeline {
  const [first, last] = [pieces[0]?.from ?? 0, pieces.at(-1)?.to ?? 0];
  const shifts = shiftsIn(facts, { from: first - 1, to: last + 1 });
  return new Timeline(pieces, (at) => looseIntervalAt(facts, shifts, at));
}
