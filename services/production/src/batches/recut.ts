/** A batch that nobody ended and that others cut lasts to the last count of its own: it is derived again when that changes. */
import { batchAmended, type BatchRow } from '@plantops/contracts';
import { announce, announcement, columnsOf, sql, raw, updateRow, type Cause, type Tx } from '@plantops/persistence';
import { Batch } from './batch.table.ts';
import { deriveRuns, isChanged, saveDerived } from './derive-runs.ts';

/** Derives again those of these batches that are cut. Call under `lockLineEvents`, after their counts have changed. */
export async function recut(tx: Tx, batchIds: Iterable<string>, author: Cause, now: string): Promise<void> {
  const ids = [...new Set(batchIds)];
  if (ids.length === 0) return;
  const cut = await tx.query<BatchRow>(sql`
    select ${raw(columnsOf(Batch))}
    from batch
    where tenant_id = ${tx.tenant} and id = any(${ids}::uuid[]) and cut_at is not null
    order by id`);
  for (const batch of cut) {
    const derived = await deriveRuns(tx, batch, batch);
    await saveDerived(tx, derived, author, now);
    if (!isChanged(batch, derived.own)) continue;
    const amended = await updateRow(tx, Batch, batch, derived.own, author, now);
    await announce(tx, [announcement(batchAmended, amended, amended.id)], author, now);
  }
}
