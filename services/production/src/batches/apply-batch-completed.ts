import { batchCompleted, lineSystem, Problem } from '@plantops/contracts';
import { applied, waitKey, type Tx, type Verdict } from '@plantops/persistence';
import type { Located } from '../line-events/located.ts';
import { batchByNumber } from './batch-by-number.ts';
import { complete, isBegun, type Totals } from './batch.rules.ts';
import { writeBatch } from './change-batch.ts';
import { inOwnUnit, unitToWaitFor } from './in-own-unit.ts';

/** A line system completed a batch. If a start before it has not arrived yet, the event waits for one. */
export const applyBatchCompleted = async (
  tx: Tx,
  { event, line }: Located<'batch.completed'>,
  now: string,
): Promise<Verdict> => {
  const { batch_number, at, good_count, scrap_count, startup_scrap_count, rework_count, material_input, unit } =
    event.body;
  const batch = await batchByNumber(tx, line.id, batch_number);
  // Where it does not lie after the start, an earlier start can still come. One that has ended is not completed again.
  const isEarly = batch !== undefined && isBegun(batch) && batch.started_at !== null && at <= batch.started_at;
  if (batch === undefined || batch.status === 'planned' || isEarly)
    return { waitsFor: waitKey.batch(line.code, batch_number) };
  const waits = await unitToWaitFor(tx, line.code, event, batch.product_id);
  if (waits !== undefined) return waits;
  try {
    const totals: Totals = Object.fromEntries(
      Object.entries({ good_count, scrap_count, startup_scrap_count, rework_count, material_input }).filter(
        ([, value]) => value !== undefined,
      ),
    );
    const fields = complete(batch, { completed_at: at, ...(await inOwnUnit(tx, batch, { ...totals, unit })) }, now);
    await writeBatch({ tx, call: lineSystem(event), at: now }, batch, { fields }, batchCompleted);
    return applied();
  } catch (error) {
    if (error instanceof Problem) return { rejected: error.message };
    throw error;
  }
};
