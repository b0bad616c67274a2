import { command } from '@plantops/backbone';
import * as contracts from '@plantops/contracts';
import { getRow, releaseWaiting, waitKey } from '@plantops/persistence';
import { lineEventHandler } from '../line-events/line-event-handler.ts';
import { Line } from '../lines/line.table.ts';
import { start } from './batch.rules.ts';
import { changeBatch } from './change-batch.ts';
import { linkUnits } from './link-units.ts';
import { refuseHolder } from './refuse-overlap.ts';

export const startBatch = command(contracts.startBatch, () => async ({ id, interrupt = false, ...sent }, work) => {
  const { tx } = work;
  const { started_at: at = work.at } = sent;
  // Line events that wait for this batch are applied below. Until then no second start finds the line free.
  const started = await changeBatch(work, { id, at }, contracts.batchStarted, (batch) => ({
    fields: start(batch, { ...sent, started_at: at }, work.at),
    ...(interrupt ? {} : { check: refuseHolder(at) }),
  }));
  const [line] = await Promise.all([getRow(tx, Line, started.line_id), linkUnits(tx, started)]);
  await releaseWaiting(tx, lineEventHandler, [waitKey.batch(line.code, started.batch_number)], work.at);
  return started;
});
