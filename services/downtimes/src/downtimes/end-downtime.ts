import { downtimeEnded, type DowntimeRow, type endDowntime as contract } from '@plantops/contracts';
import type { Call } from '@plantops/service-kit';
import type { z } from 'zod';
import type { Deps } from '../deps.ts';
import { end } from './downtime.rules.ts';
import { correctStop } from './correct-stop.ts';

export const endDowntime =
  (deps: Deps) =>
  ({ id, ...command }: z.infer<typeof contract.input>, call: Call): Promise<DowntimeRow> =>
    correctStop(
      deps,
      id,
      call,
      downtimeEnded,
      (row, known, at) =>
        end(row, { ...command, end_time: command.end_time ?? at, resolved_by: command.resolved_by ?? call.actor }, known, at),
      command,
    );
