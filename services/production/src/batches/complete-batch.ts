import { batchCompleted, type BatchRow, type completeBatch as contract } from '@plantops/contracts';
import { announce, announcement, runCommand, lockRow, updateRow } from '@plantops/persistence';
import type { Call } from '@plantops/service-kit';
import type { z } from 'zod';
import type { Deps } from '../deps.ts';
import { Batch } from './batch.entity.ts';
import { complete } from './batch.rules.ts';

export const completeBatch =
  ({ database, now }: Deps) =>
  ({ id, ...command }: z.infer<typeof contract.input>, call: Call): Promise<BatchRow> =>
    runCommand(database, call, async (tx) => {
      const at = now();
      const batch = await lockRow<BatchRow>(tx, Batch, id, call.expectedVersion);
      const completed = await updateRow(tx, Batch, batch, complete(batch, { completed_at: at, ...command }, at), call, at);
      await announce(tx, [announcement(batchCompleted, completed, id)], call, at);
      return completed;
    });
