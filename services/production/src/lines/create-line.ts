import { lineCreated, type createLine as contract, type LineRow } from '@plantops/contracts';
import { announce, announcement, runCommand, insertRow } from '@plantops/persistence';
import type { Call } from '@plantops/service-kit';
import type { z } from 'zod';
import type { Deps } from '../deps.ts';
import { Line } from './line.entity.ts';

export const createLine =
  ({ database, now }: Deps) =>
  (input: z.infer<typeof contract.input>, call: Call): Promise<LineRow> =>
    runCommand(database, call, async (tx) => {
      const at = now();
      const { hourly_cost, ideal_cycle_seconds, micro_stop_seconds } = input;
      const versions = [{ valid_from: null, hourly_cost, ideal_cycle_seconds, micro_stop_seconds }];
      const line = await insertRow<LineRow>(tx, Line, { ...input, versions }, call, at);
      await announce(tx, [announcement(lineCreated, line, line.id)], call, at);
      return line;
    });
