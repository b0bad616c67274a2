import { command } from '@plantops/backbone';
import * as contracts from '@plantops/contracts';
import type { Deps } from '../deps.ts';
import { correctStop } from './correct-stop.ts';
import { amend } from './downtime.rules.ts';

export const amendDowntime = command(
  contracts.amendDowntime,
  (deps: Deps) =>
    ({ id, ...sent }, work) =>
      correctStop(deps, work, {
        id,
        sent,
        event: contracts.downtimeAmended,
        decide: (row, known) => amend(row, sent, known, work.at),
      }),
);
