import { layTime, type LineFacts } from '@plantops/accounting';
import { Problem, type getTimeline as contract } from '@plantops/contracts';
import type { Call } from '@plantops/service-kit';
import type { z } from 'zod';
import type { Deps } from '../deps.ts';
import { loadFacts } from '../facts/load-facts.ts';
import { lineWindows } from './windows.ts';

type Timeline = z.infer<typeof contract.output>;
const MOST_DAYS = 31;
const MOST_PIECES = 2_000;
const iso = (at: number) => new Date(at).toISOString();

/** The states of a line, one after the other without a gap, up to now. */
export const getTimeline =
  ({ database, now }: Deps) =>
  ({ id, from, to }: z.infer<typeof contract.input>, call: Call): Promise<Timeline> =>
    database.transact(call.tenant, async (tx) => {
      const at = now();
      const [asked] = await lineWindows(tx, { line_id: id, from, to }, at);
      if (asked === undefined) throw new Problem('not_found', `there is no line ${id}`);
      if (asked.window.to - asked.window.from > MOST_DAYS * 86_400_000)
        throw Problem.field('from', `must be at most ${MOST_DAYS} days before to`);
      const facts = (await loadFacts(tx, [asked], { units: true })).get(id) as LineFacts;
      const { pieces, masked } = layTime(facts, asked.window, Date.parse(at));
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
    });
