import { batchStarted, Problem, type BatchRow } from '@plantops/contracts';
import { announce, announcement, applied, insertRow, updateRow, waitKey, type Tx, type Verdict } from '@plantops/persistence';
import type { Located } from '../line-events/apply-line-events.ts';
import { batchByNumber, lineSystem } from './batch-by-number.ts';
import { Batch } from './batch.entity.ts';
import { plannedBatch, start } from './batch.rules.ts';

/** A line system started a batch: one that was planned here, or one we hear of for the first time. */
export const onBatchStarted = async (tx: Tx, { event, line, productId }: Located<'batch.started'>, now: string): Promise<Verdict> => {
  const { batch_number, at, planned_quantity, operator } = event.body;
  const author = lineSystem(event);
  const planned =
    (await batchByNumber(tx, line.id, batch_number)) ??
    (await insertRow<BatchRow>(tx, Batch, { ...plannedBatch, line_id: line.id, batch_number }, author, now));
  try {
    const known = Object.entries({ product_id: productId, planned_quantity, operator }).filter(
      ([, value]) => value !== undefined && value !== null,
    );
    const started = await updateRow(tx, Batch, planned, start(planned, { started_at: at, ...Object.fromEntries(known) }, now), author, now);
    await linkUnits(tx, started);
    await announce(tx, [announcement(batchStarted, started, started.id)], author, now);
    return applied(waitKey.batch(line.code, batch_number));
  } catch (error) {
    if (error instanceof Problem) return { rejected: error.message };
    throw error;
  }
};

/** Counts and scrap that came before their batch was known find it now. */
const linkUnits = async (tx: Tx, batch: BatchRow): Promise<void> => {
  for (const table of ['unit_count', 'scrap_event']) {
    await tx.query(`update ${table} set batch_id = $4 where tenant_id = $1 and line_id = $2 and batch_number = $3 and batch_id is null`, [
      tx.tenant,
      batch.line_id,
      batch.batch_number,
      batch.id,
    ]);
  }
};
