import { batchStarted, Problem, type BatchRow, type LineRow, type startBatch as contract } from '@plantops/contracts';
import {
  announce,
  announcement,
  getRow,
  lockLineEvents,
  lockRow,
  releaseWaiting,
  updateRow,
  waitKey,
  type Tx,
} from '@plantops/persistence';
import type { Call } from '@plantops/service-kit';
import type { z } from 'zod';
import type { Deps } from '../deps.ts';
import { lineEventKeeper } from '../line-events/keeper.ts';
import { Line } from '../lines/line.entity.ts';
import { Batch } from './batch.entity.ts';
import { start } from './batch.rules.ts';
import { linkUnits } from './link-units.ts';

export const startBatch =
  ({ database, now }: Deps) =>
  ({ id, ...command }: z.infer<typeof contract.input>, call: Call): Promise<BatchRow> =>
    database.transact(call.tenant, async (tx) => {
      const at = now();
      // What has waited for this batch is applied below, and no second start finds the line free meanwhile.
      await lockLineEvents(tx);
      const batch = await lockRow<BatchRow>(tx, Batch, id, call.expectedVersion);
      const changes = start(batch, { started_at: at, ...command }, at);
      await refuseSecondBatch(tx, batch, changes.started_at ?? at);
      const started = await updateRow(tx, Batch, batch, changes, call, at);
      await linkUnits(tx, started);
      await announce(tx, [announcement(batchStarted, started, id)], call, at);
      const line = await getRow<LineRow>(tx, Line, batch.line_id);
      await releaseWaiting(tx, lineEventKeeper, [waitKey.batch(line.code, batch.batch_number)], at);
      return started;
    });

/** A line runs one batch at a time. */
const refuseSecondBatch = async (tx: Tx, batch: BatchRow, startedAt: string): Promise<void> => {
  const [other] = await tx.query<{ id: string; batch_number: string; status: string }>(
    `select id, batch_number, status from batch where tenant_id = $1 and line_id = $2
     and (status = 'running' or (started_at <= $3 and coalesce(completed_at, cancelled_at) > $3)) limit 1`,
    [tx.tenant, batch.line_id, startedAt],
  );
  if (!other) return;
  const remedy = other.status === 'running' ? 'complete or cancel it first' : 'send a started_at after its end';
  throw new Problem('overlap', `batch ${other.batch_number} (${other.id}, ${other.status}) has the line at that time: ${remedy}`);
};
