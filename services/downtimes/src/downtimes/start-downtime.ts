import { command } from '@plantops/backbone';
import * as contracts from '@plantops/contracts';
import { assumeEndOf } from '../activity/end-by-units.ts';
import type { Deps } from '../deps.ts';
import { findReasons } from '../reasons/find-reasons.ts';
import { start } from './downtime.rules.ts';
import { findOverlap, lockLine, refuseOverlap } from './refuse-overlap.ts';
import { recordStop } from './save-downtime.ts';

export const startDowntime = command(contracts.startDowntime, ({ line, batch }: Deps) => async (input, work) => {
  const { tx, call, at } = work;
  const start_time = input.start_time ?? at;
  // Sent together: one trip to the database. They run in this order, so other stops are read under the lock.
  const [ofLine, reasons, , other] = await Promise.all([
    line(input.line_id, work),
    findReasons(tx, [input.reason_code]),
    lockLine(tx, input.line_id),
    findOverlap(tx, { line_id: input.line_id, start_time, end_time: input.end_time ?? null }),
    batch(input.batch_id, input.line_id, work),
  ]);
  const stop = start(
    { ...input, start_time, reported_by: input.reported_by ?? call.actor, source: 'manual' },
    { versions: ofLine.versions, reasons },
    at,
  );
  refuseOverlap(other);
  return assumeEndOf(tx, ofLine, await recordStop(tx, stop, call, at), at);
});
