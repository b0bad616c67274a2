import { layTime, type LineFacts } from '@plantops/accounting';
import type { LineWindow } from '../facts/rows.rules.ts';
import type { StopPart } from './breakdown.rules.ts';

/** The unmasked parts of the stops in each line's window; with a product, those in its batches. */
export function stopPartsIn(
  windows: readonly LineWindow[],
  factsOf: ReadonlyMap<string, LineFacts>,
  productId: string | undefined,
  now: number,
): StopPart[] {
  return windows.flatMap(({ line, window }) => {
    const facts = factsOf.get(line.id);
    if (!facts) return [];
    const stops = new Map(facts.stops.map((stop) => [stop.id, stop]));
    const products = new Map(facts.batches.map(({ id, product_id }) => [id, product_id]));
    return layTime(facts, window, now).pieces.flatMap((piece): StopPart[] => {
      const stop = stops.get(piece.stop_id ?? '');
      const isOfProduct = productId === undefined || products.get(piece.batch_id ?? '') === productId;
      if (!stop || !isOfProduct) return [];
      const { id: stop_id, reason_category, reason_code } = stop;
      const starts = stop.from >= window.from && stop.from < window.to;
      return [{ stop_id, reason_category, reason_code, ms: piece.to - piece.from, starts }];
    });
  });
}
