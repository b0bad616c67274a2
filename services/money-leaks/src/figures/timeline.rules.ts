import { layTime, type LineFacts } from '@plantops/accounting';
import { Problem, type getTimeline as contract, type OutputOf } from '@plantops/contracts';
import { iso } from '../facts/intervals.rules.ts';
import type { LineWindow } from '../facts/rows.rules.ts';

type Timeline = OutputOf<typeof contract>;
const MOST_PIECES = 2_000;

/** The states of a line, one after the other without a gap, up to now. Throws `invalid` for more than 2,000 states. */
export function timelineOf(facts: LineFacts, { window }: Pick<LineWindow, 'window'>, now: number): Timeline {
  const { pieces, masked } = layTime(facts, window, now);
  if (pieces.length + masked.length > MOST_PIECES)
    throw Problem.field('from', `the window holds more than ${MOST_PIECES} states: ask for less time`);
  const stops = new Map(facts.stops.map((stop) => [stop.id, stop]));
  const products = new Map(facts.batches.map((batch) => [batch.id, batch.product_id]));
  return {
    items: pieces.map((piece) => {
      const stop = stops.get(piece.stop_id ?? '');
      return {
        from: iso(piece.from),
        to: iso(piece.to),
        state: piece.state,
        downtime_id: piece.stop_id,
        reason_category: (stop?.reason_category ?? null) as Timeline['items'][number]['reason_category'],
        reason_code: stop?.reason_code ?? null,
        batch_id: piece.batch_id,
        product_id: products.get(piece.batch_id ?? '') ?? null,
        shift: piece.shift_key,
        business_date: piece.business_date,
      };
    }),
    masked: masked.map((part) => ({ from: iso(part.from), to: iso(part.to), downtime_id: part.stop_id })),
  };
}
