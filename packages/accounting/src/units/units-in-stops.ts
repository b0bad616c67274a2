import { lateUnitMs } from '../time/batch-runs.ts';
import type { State } from '../time/claims.ts';
import { versionAt, type Interval, type LineFacts } from '../facts.ts';
import type { Piece } from '../time/ladder.ts';
import type { Timeline } from '../time/timeline.ts';

/** Micro-stops are part of the time in which units are made, and so is ramp-up. */
const STANDS: ReadonlySet<State> = new Set(['stop', 'delay', 'changeover', 'planned_stop', 'excluded']);

/**
 * The pieces of stops in which good units were counted, later after the start of the stop than late units come: the
 * stop, or its end, is wrong. Units at the very end were made before it.
 */
export function piecesWithUnits(facts: LineFacts, timeline: Timeline, window: Interval): Piece[] {
  const stops = new Map(facts.stops.map((stop) => [stop.id, stop]));
  return facts.counts.flatMap(({ at, good }) => {
    if (at < window.from || at >= window.to || Number(good) === 0) return [];
    const piece = timeline.pieceAt(at);
    if (piece === undefined || !STANDS.has(piece.state)) return [];
    const stop = stops.get(piece.stop_id ?? '');
    if (stop === undefined) return [];
    const price = versionAt(facts.prices, stop.from);
    const late = lateUnitMs(price, 1_000 * Number(price?.ideal_cycle_seconds ?? 0));
    return at > stop.from + late ? [piece] : [];
  });
}
