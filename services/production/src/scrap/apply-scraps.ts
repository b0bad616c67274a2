import { scrapLogged, lineSystem } from '@plantops/contracts';
import { addRows, applied, type Tx, type Verdict } from '@plantops/persistence';
import { batchesOf } from '../batches/batches-of.ts';
import type { Located } from '../line-events/located.ts';
import { ScrapEvent } from './scrap-event.table.ts';

/** Scrap that lines reported, stored in one insert. A batch that is not known yet links it when it starts. */
export const applyScraps = async (tx: Tx, located: readonly Located<'scrap'>[], now: string): Promise<Verdict[]> => {
  const batchOf = await batchesOf(
    tx,
    located.map(({ event, line }) => ({ line_id: line.id, batch_number: event.body.batch_number })),
  );
  const rows = located.map(({ event: { body }, line, productId }) => {
    const batch = batchOf(line.id, body.batch_number);
    return {
      line_id: line.id,
      batch_id: batch?.id ?? null,
      batch_number: body.batch_number ?? null,
      product_id: productId ?? batch?.product_id ?? null,
      at: body.at,
      quantity: body.quantity,
      unit: body.unit ?? 'ea',
      reason_code: body.reason_code ?? null,
      reason_category: body.reason_category ?? null,
      disposition: body.disposition ?? 'scrap',
      phase: body.phase ?? 'production',
      unit_cost: body.unit_cost ?? null,
      reported_by: body.reported_by ?? null,
      note: body.note ?? null,
      voided_at: null,
      void_reason: null,
    } as const;
  });
  const authors = located.map(({ event }) => lineSystem(event));
  await addRows(tx, ScrapEvent, rows, authors, scrapLogged, now);
  return located.map(() => applied());
};
