import { batchResumed, batchStarted, lineSystem, Problem, type BatchRow } from '@plantops/contracts';
import { applied, waitKey, type FieldsOf, type Tx, type Verdict } from '@plantops/persistence';
import type { Located } from '../line-events/located.ts';
import type { BatchQuantities } from '../units/units.rules.ts';
import { batchByNumber } from './batch-by-number.ts';
import { plannedBatch, start, startAgain } from './batch.rules.ts';
import { addRunning, writeBatch } from './change-batch.ts';
import { inOwnUnit, unitToWaitFor } from './in-own-unit.ts';
import { linkUnits } from './link-units.ts';

/** A line system started a batch: one that was planned here, a new one, or one that has begun, which it resumes. */
export const applyBatchStarted = async (
  tx: Tx,
  { event, line, productId }: Located<'batch.started'>,
  now: string,
): Promise<Verdict> => {
  const { batch_number, at, planned_quantity, unit, operator } = event.body;
  const known = await batchByNumber(tx, line.id, batch_number);
  const waits = await unitToWaitFor(tx, line.code, event, productId ?? known?.product_id ?? null);
  if (waits !== undefined) return waits;
  try {
    const named: BatchQuantities & { product_id?: string } = Object.fromEntries(
      Object.entries({ product_id: productId, planned_quantity, operator }).filter(
        ([, value]) => value !== undefined && value !== null,
      ),
    );
    const unplanned = { ...plannedBatch, line_id: line.id, batch_number };
    const own = await inOwnUnit(tx, known ?? unplanned, { ...named, unit });
    const work = { tx, call: lineSystem(event), at: now };
    await linkUnits(tx, await started(work, { known, unplanned, own: { started_at: at, ...own } }));
    return applied(waitKey.batch(line.code, batch_number));
  } catch (error) {
    if (error instanceof Problem) return { rejected: error.message };
    throw error;
  }
};

type Work = Parameters<typeof addRunning>[0];
type Start = {
  readonly known: BatchRow | undefined;
  readonly unplanned: FieldsOf<BatchRow>;
  readonly own: { started_at: string } & Partial<BatchRow>;
};
function started(work: Work, { known, unplanned, own }: Start): Promise<BatchRow> {
  if (known === undefined) return addRunning(work, { ...unplanned, ...start(unplanned, own, work.at) }, batchStarted);
  if (known.started_at === null) return writeBatch(work, known, { fields: start(known, own, work.at) }, batchStarted);
  const change = startAgain(known, own, work.at);
  return writeBatch(work, known, change, change.fields.started_at === undefined ? batchResumed : batchStarted);
}
