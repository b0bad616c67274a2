import { batchAmended, Problem, type BatchRow, type updateBatch as contract } from '@plantops/contracts';
import { announce, announcement, lockLineEvents, lockRow, runCommand, updateRow, type Tx } from '@plantops/persistence';
import type { Call } from '@plantops/service-kit';
import type { z } from 'zod';
import type { Deps } from '../deps.ts';
import { Batch } from './batch.entity.ts';
import { amend } from './batch.rules.ts';
import { refuseOverlap } from './refuse-overlap.ts';

export const updateBatch =
  ({ database, now }: Deps) =>
  ({ id, ...command }: z.infer<typeof contract.input>, call: Call): Promise<BatchRow> =>
    runCommand(database, call, async (tx) => {
      const at = now();
      await lockLineEvents(tx);
      const batch = await lockRow<BatchRow>(tx, Batch, id, call.expectedVersion);
      const changes = amend(batch, command, at);
      const { started_at, completed_at, cancelled_at } = { ...batch, ...changes };
      const moved = changes.started_at !== undefined || changes.completed_at !== undefined;
      if (moved && started_at !== null) await refuseOverlap(tx, batch, started_at, completed_at ?? cancelled_at);
      if (changes.product_id !== undefined && changes.product_id !== batch.product_id) await refuseOtherProduct(tx, batch);
      const amended = await updateRow(tx, Batch, batch, changes, call, at);
      await announce(tx, [announcement(batchAmended, amended, id)], call, at);
      return amended;
    });

/** Scrap took its product from the batch when it was logged, and has been paid by it. */
const refuseOtherProduct = async (tx: Tx, batch: BatchRow): Promise<void> => {
  const [scrap] = await tx.query<{ id: string }>(
    'select id from scrap_event where tenant_id = $1 and batch_id = $2 and voided_at is null limit 1',
    [tx.tenant, batch.id],
  );
  if (scrap)
    throw new Problem(
      'illegal_transition',
      `scrap event ${scrap.id} was logged under the batch's product: void it, change the product, log it again`,
    );
};
