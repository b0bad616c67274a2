import { batchCompleted, lineSystem, Problem } from '@plantops/contracts';
import { announce, announcement, applied, updateRow, waitKey, type Tx, type Verdict } from '@plantops/persistence';
import type { Located } from '../line-events/located.ts';
import { batchByNumber } from './batch-by-number.ts';
import { Batch } from './batch.table.ts';
import { complete } from './batch.rules.ts';

/** A line system completed a batch. If its start has not arrived yet, the event waits for it. */
export const applyBatchCompleted = async (
  tx: Tx,
  { event, line }: Located<'batch.completed'>,
  now: string,
): Promise<Verdict> => {
  const { batch_number, at, good_count, scrap_count, startup_scrap_count, rework_count, material_input } = event.body;
  const batch = await batchByNumber(tx, line.id, batch_number);
  if (batch === undefined || batch.status === 'planned') return { waitsFor: waitKey.batch(line.code, batch_number) };
  try {
    const totals = Object.fromEntries(
      Object.entries({ good_count, scrap_count, startup_scrap_count, rework_count, material_input }).filter(
        ([, value]) => value !== undefined,
      ),
    );
    const author = lineSystem(event);
    const completed = await updateRow(
      tx,
      Batch,
      batch,
      complete(batch, { completed_at: at, ...totals }, now),
      author,
      now,
    );
    await announce(tx, [announcement(batchCompleted, completed, completed.id)], author, now);
    return applied();
  } catch (error) {
    if (error instanceof Problem) return { rejected: error.message };
    throw error;
  }
};
