import { command } from '@plantops/backbone';
import * as contracts from '@plantops/contracts';
import type { Deps } from '../deps.ts';
import { start } from './downtime.rules.ts';
import { knownOf } from './known-of.ts';
import { lockLine, refuseOverlap } from './refuse-overlap.ts';
import { recordStop } from './save-downtime.ts';

export const startDowntime = command(contracts.startDowntime, ({ line, batch }: Deps) => async (input, work) => {
  const { tx, call, at } = work;
  const ofLine = await line(input.line_id, work);
  await batch(input.batch_id, input.line_id, work);
  await lockLine(tx, input.line_id);
  const stop = start(
    { ...input, start_time: input.start_time ?? at, reported_by: input.reported_by ?? call.actor, source: 'manual' },
    await knownOf(tx, ofLine, undefined, input.reason_code),
    at,
  );
  await refuseOverlap(tx, stop);
  return recordStop(tx, stop, call, at);
});
