import { batchStarted, lineSystem, Problem } from '@plantops/contracts';
import {
  announce,
  announcement,
  applied,
  insertRow,
  updateRow,
  waitKey,
  type Tx,
  type Verdict,
} from '@plantops/persistence';
import type { Located } from '../line-events/located.ts';
import type { BatchQuantities } from '../units/units.rules.ts';
import { batchByNumber } from './batch-by-number.ts';
import { Batch } from './batch.table.ts';
import { plannedBatch, start } from './batch.rules.ts';
import { inOwnUnit, unitToWaitFor } from './in-own-unit.ts';
import { linkUnits } from './link-units.ts';

/** A line system started a batch: one that was planned here, or a new one. */
export const applyBatchStarted = async (
  tx: Tx,
  { event, line, productId }: Located<'batch.started'>,
  now: string,
): Promise<Verdict> => {
  const { batch_number, at, planned_quantity, unit, operator } = event.body;
  const author = lineSystem(event);
  const planned = await batchByNumber(tx, line.id, batch_number);
  const waits = await unitToWaitFor(tx, line.code, event, productId ?? planned?.product_id ?? null);
  if (waits !== undefined) return waits;
  try {
    const known = Object.entries({ product_id: productId, planned_quantity, operator }).filter(
      ([, value]) => value !== undefined && value !== null,
    );
    const unplanned = { ...plannedBatch, line_id: line.id, batch_number };
    const named: BatchQuantities & { product_id?: string } = Object.fromEntries(known);
    const own = await inOwnUnit(tx, planned ?? unplanned, { ...named, unit });
    const changes = start(planned ?? unplanned, { started_at: at, ...own }, now);
    const started = planned
      ? await updateRow(tx, Batch, planned, changes, author, now)
      : await insertRow(tx, Batch, { ...unplanned, ...changes }, author, now);
    await linkUnits(tx, started);
    await announce(tx, [announcement(batchStarted, started, started.id)], author, now);
    return applied(waitKey.batch(line.code, batch_number));
  } catch (error) {
    if (error instanceof Problem) return { rejected: error.message };
    throw error;
  }
};
