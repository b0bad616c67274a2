import { downtimeVoided, type DowntimeRow, type voidDowntime as contract } from '@plantops/contracts';
import { lockRow, runCommand } from '@plantops/persistence';
import type { Call } from '@plantops/service-kit';
import type { z } from 'zod';
import type { Deps } from '../deps.ts';
import { Downtime } from './downtime.entity.ts';
import { voidStop } from './downtime.rules.ts';
import { changeStop } from './save-downtime.ts';

export const voidDowntime =
  ({ database, now }: Deps) =>
  ({ id, reason }: z.infer<typeof contract.input>, call: Call): Promise<DowntimeRow> =>
    runCommand(database, call, async (tx) => {
      const at = now();
      const row = await lockRow<DowntimeRow>(tx, Downtime, id, call.expectedVersion);
      return changeStop(tx, row, voidStop(row, reason, at), downtimeVoided, call, at);
    });
