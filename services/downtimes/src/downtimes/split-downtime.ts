import { downtimeAmended, type DowntimeRow, type splitDowntime as contract } from '@plantops/contracts';
import { getRow, lockRow, runCommand } from '@plantops/persistence';
import type { Call } from '@plantops/service-kit';
import type { z } from 'zod';
import type { Deps } from '../deps.ts';
import { Downtime } from './downtime.entity.ts';
import { split } from './downtime.rules.ts';
import { knownOf } from './known-of.ts';
import { lockLine } from './refuse-overlap.ts';
import { changeStop, recordStop } from './save-downtime.ts';

export const splitDowntime =
  ({ database, line, now }: Deps) =>
  async ({ id, ...command }: z.infer<typeof contract.input>, call: Call): Promise<z.infer<typeof contract.output>> => {
    const { line_id } = await database.transact(call.tenant, (tx) => getRow<DowntimeRow>(tx, Downtime, id));
    const ofLine = await line(line_id, call);
    return runCommand(database, call, async (tx) => {
      const at = now();
      await lockLine(tx, line_id);
      const row = await lockRow<DowntimeRow>(tx, Downtime, id, call.expectedVersion);
      const { first, second } = split(row, command, await knownOf(tx, ofLine, row, command.reason_code), at);
      const kept = await changeStop(tx, row, first, downtimeAmended, call, at);
      return { items: [kept, await recordStop(tx, second, call, at)] };
    });
  };
