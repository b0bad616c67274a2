import { command } from '@plantops/backbone';
import * as contracts from '@plantops/contracts';
import {
  announceRow,
  getRow,
  lockLineEvents,
  lockRow,
  releaseWaiting,
  updateRow,
  waitKey,
} from '@plantops/persistence';
import { lineEventHandler } from '../line-events/line-event-handler.ts';
import { Line } from '../lines/line.table.ts';
import { start } from './batch.rules.ts';
import { Batch } from './batch.table.ts';
import { linkUnits } from './link-units.ts';
import { refuseOverlap } from './refuse-overlap.ts';

export const startBatch = command(contracts.startBatch, () => async ({ id, ...sent }, work) => {
  const { tx, call, at } = work;
  // Line events that wait for this batch are applied below. Until then no second start finds the line free.
  const [, batch] = await Promise.all([lockLineEvents(tx), lockRow(tx, Batch, id, call.expectedVersion)]);
  const changes = start(batch, { started_at: at, ...sent }, at);
  // Sent together: a refusal undoes the update.
  const [, started, line] = await Promise.all([
    refuseOverlap(tx, batch, changes.started_at ?? at, null),
    updateRow(tx, Batch, batch, changes, call, at),
    getRow(tx, Line, batch.line_id),
  ]);
  await Promise.all([linkUnits(tx, started), announceRow(work, started, contracts.batchStarted)]);
  await releaseWaiting(tx, lineEventHandler, [waitKey.batch(line.code, batch.batch_number)], at);
  return started;
});
