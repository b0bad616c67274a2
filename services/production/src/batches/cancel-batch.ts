import { batchCancelled, type BatchRow, type cancelBatch as contract } from '@plantops/contracts';
import { announce, announcement, runCommand, lockRow, updateRow } from '@plantops/persistence';
import type { Call } from '@plantops/service-kit';
import type { z } from 'zod';
import type { Deps } from '../deps.ts';
import { Batch } from './batch.entity.ts';
import { cancel } from './batch.rules.ts';

export const cancelBatch =
  ({ database, now }: Deps) =>
  ({ id, ...command }: z.infer<typeof contract.input>, call: Call): Promise<BatchRow> =>
    runCommand(database, call, async (tx) => {
      const at = now();
      const batch = await lockRow<BatchRow>(tx, Batch, id, call.expectedVersion);
      const cancelled = await updateRow(tx, Batch, batch, cancel(batch, { cancelled_at: at, ...command }, at), call, at);
      await announce(tx, [announcement(batchCancelled, cancelled, id)], call, at);
      return cancelled;
    });
