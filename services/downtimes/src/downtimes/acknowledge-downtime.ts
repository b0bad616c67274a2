import { downtimeAcknowledged, type acknowledgeDowntime as contract, type DowntimeRow } from '@plantops/contracts';
import { runCommand, lockRow } from '@plantops/persistence';
import type { Call } from '@plantops/service-kit';
import type { z } from 'zod';
import type { Deps } from '../deps.ts';
import { Downtime } from './downtime.entity.ts';
import { acknowledge } from './downtime.rules.ts';
import { changeStop } from './save-downtime.ts';

export const acknowledgeDowntime =
  ({ database, now }: Deps) =>
  ({ id, acknowledged_at, acknowledged_by }: z.infer<typeof contract.input>, call: Call): Promise<DowntimeRow> =>
    runCommand(database, call, async (tx) => {
      const at = now();
      const row = await lockRow<DowntimeRow>(tx, Downtime, id, call.expectedVersion);
      const changes = acknowledge(row, { acknowledged_at: acknowledged_at ?? at, acknowledged_by: acknowledged_by ?? call.actor }, at);
      return changeStop(tx, row, changes, downtimeAcknowledged, call, at);
    });
