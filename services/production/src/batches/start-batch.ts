import { batchStarted, type BatchRow, type LineRow, type startBatch as contract } from '@plantops/contracts';
import {
  announce,
  announcement,
  runCommand,
  getRow,
  lockLineEvents,
  lockRow,
  releaseWaiting,
  updateRow,
  waitKey,
} from '@plantops/persistence';
import type { Call } from '@plantops/service-kit';
import type { z } from 'zod';
import type { Deps } from '../deps.ts';
import { lineEventKeeper } from '../line-events/keeper.ts';
import { Line } from '../lines/line.entity.ts';
import { Batch } from './batch.entity.ts';
import { start } from './batch.rules.ts';
import { linkUnits } from './link-units.ts';
import { refuseOverlap } from './refuse-overlap.ts';

export const startBatch =
  ({ database, now }: Deps) =>
  ({ id, ...command }: z.infer<typeof contract.input>, call: Call): Promise<BatchRow> =>
    runCommand(database, call, async (tx) => {
      const at = now();
      // What has waited for this batch is applied below, and no second start finds the line free meanwhile.
      await lockLineEvents(tx);
      const batch = await lockRow<BatchRow>(tx, Batch, id, call.expectedVersion);
      const changes = start(batch, { started_at: at, ...command }, at);
      await refuseOverlap(tx, batch, changes.started_at ?? at, null);
      const started = await updateRow(tx, Batch, batch, changes, call, at);
      await linkUnits(tx, started);
      await announce(tx, [announcement(batchStarted, started, id)], call, at);
      const line = await getRow<LineRow>(tx, Line, batch.line_id);
      await releaseWaiting(tx, lineEventKeeper, [waitKey.batch(line.code, batch.batch_number)], at);
      return started;
    });
