import type { BatchRun } from './batch-runs.ts';
import type { State } from './claims.ts';
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

  constructor(pieces: readonly Piece[]) {
    this.pieces = pieces;
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

  /**
   * The place of units that are reported at an instant: that instant, or, when it is outside of PBT or after the
   * batch's end, the last PBT instant of the batch before it. Units without a batch are placed in their shift.
   * Undefined: they have no place.
   */
  place(run: BatchRun | undefined, at: number): Place | undefined {
    const batch_id = run?.batch.id ?? null;
    const here = this.pieceAt(at);
    if (here !== undefined && isBusy(here.state) && here.batch_id === batch_id) return { at, piece: here };
    const busy = this.#busy.get(batch_id) ?? [];
    const piece = busy[startedBy(busy, at - 1) - 1];
    if (piece === undefined) return undefined;
    if (run === undefined) {
      const shift_key = this.pieceAt(at - 1)?.shift_key ?? null;
      if (shift_key === null || piece.shift_key !== shift_key) return undefined;
    }
    return { at: Math.min(piece.to, at) - 1, piece };
  }
}
