import type { DowntimeRow, startDowntime as contract } from '@plantops/contracts';
import { runCommand } from '@plantops/persistence';
import type { Call } from '@plantops/service-kit';
import type { z } from 'zod';
import type { Deps } from '../deps.ts';
import { start } from './downtime.rules.ts';
import { knownOf } from './known-of.ts';
import { lockLine, refuseOverlap } from './refuse-overlap.ts';
import { recordStop } from './save-downtime.ts';

export const startDowntime =
  ({ database, line, batch, now }: Deps) =>
  async (input: z.infer<typeof contract.input>, call: Call): Promise<DowntimeRow> => {
    const ofLine = await line(input.line_id, call);
    await batch(input.batch_id, input.line_id, call);
    return runCommand(database, call, async (tx) => {
      const at = now();
      await lockLine(tx, input.line_id);
      const stop = start(
        { ...input, start_time: input.start_time ?? at, reported_by: input.reported_by ?? call.actor, source: 'manual' },
        await knownOf(tx, ofLine, undefined, input.reason_code),
        at,
      );
      await refuseOverlap(tx, stop);
      return recordStop(tx, stop, call, at);
    });
  };
