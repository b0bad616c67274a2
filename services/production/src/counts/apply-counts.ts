import { countLogged, lineSystem } from '@plantops/contracts';
import { addRows, applied, type Tx, type Verdict } from '@plantops/persistence';
import { batchesOf } from '../batches/batches-of.ts';
import type { Located } from '../line-events/located.ts';
import { UnitCount } from './unit-count.table.ts';

/** Units that lines counted, stored in one insert. A batch that is not known yet links them when it starts. */
export const applyCounts = async (tx: Tx, located: readonly Located<'count'>[], now: string): Promise<Verdict[]> => {
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
      good: body.good,
      reject: body.reject ?? 0,
      voided_at: null,
      void_reason: null,
    };
  });
  const authors = located.map(({ event }) => lineSystem(event));
  await addRows(tx, UnitCount, rows, authors, countLogged, now);
  return located.map(() => applied());
};
