import { command } from '@plantops/backbone';
import * as contracts from '@plantops/contracts';
import { Problem, type BatchRow } from '@plantops/contracts';
import {
  announceRow,
  getRow,
  lockLineEvents,
  lockRow,
  releaseWaiting,
  updateRow,
  waitKey,
  type Tx,
} from '@plantops/persistence';
import { lineEventHandler } from '../line-events/line-event-handler.ts';
import { Line } from '../lines/line.table.ts';
import { amend, timeGained } from './batch.rules.ts';
import { Batch } from './batch.table.ts';
import { deriveRuns, saveDerived } from './derive-runs.ts';
import { inOwnUnit } from './in-own-unit.ts';
import { refuseOverlap } from './refuse-overlap.ts';

export const updateBatch = command(contracts.updateBatch, () => async ({ id, ...sent }, work) => {
  const { tx, call, at } = work;
  await lockLineEvents(tx);
  const batch = await lockRow(tx, Batch, id, call.expectedVersion);
  const changes = amend(batch, await inOwnUnit(tx, batch, sent), at);
  const hasMoved = changes.started_at !== undefined || changes.completed_at !== undefined;
  const derived = hasMoved ? await deriveRuns(tx, batch, { ...batch, ...changes }) : undefined;
  for (const gained of timeGained(batch, changes)) refuseOverlap(derived?.near ?? [], gained);
  const hasOtherProduct = changes.product_id !== undefined && changes.product_id !== batch.product_id;
  if (hasOtherProduct) await refuseOtherProduct(tx, batch);
  const row = await updateRow(tx, Batch, batch, { ...changes, ...derived?.own }, call, at);
  const amended = await announceRow(work, row, contracts.batchAmended);
  if (derived !== undefined) await saveDerived(tx, derived, call, at);
  if (hasOtherProduct) {
    // Counts that were given in a unit wait for the product that has it.
    const line = await getRow(tx, Line, batch.line_id);
    await releaseWaiting(tx, lineEventHandler, [waitKey.batch(line.code, amended.batch_number)], at);
  }
  return amended;
});

/** Scrap got its product from the batch when it was logged, and its cost from that product. */
async function refuseOtherProduct(tx: Tx, batch: BatchRow): Promise<void> {
  const [scrap] = await tx.query<{ id: string }>(
    'select id from scrap_event where tenant_id = $1 and batch_id = $2 and voided_at is null limit 1',
    [tx.tenant, batch.id],
  );
  if (scrap)
    throw new Problem(
      'illegal_transition',
      `scrap event ${scrap.id} was logged under the batch's product: void it, change the product, log it again`,
    );
}
