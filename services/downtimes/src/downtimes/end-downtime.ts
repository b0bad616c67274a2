import { command } from '@plantops/backbone';
import * as contracts from '@plantops/contracts';
import type { Deps } from '../deps.ts';
import { correctStop } from './correct-stop.ts';
import { end } from './downtime.rules.ts';

export const endDowntime = command(contracts.endDowntime, (deps: Deps) => ({ id, ...sent }, work) => {
  const ending = { ...sent, end_time: sent.end_time ?? work.at, resolved_by: sent.resolved_by ?? work.call.actor };
  return correctStop(deps, work, {
    id,
    sent,
    event: contracts.downtimeEnded,
    decide: (row, known) => end(row, ending, known, work.at),
  });
});
