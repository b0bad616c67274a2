import { batchPlanned, type BatchRow, type planBatch as contract } from '@plantops/contracts';
import { announce, announcement, insertRow, runCommand } from '@plantops/persistence';
import type { Call } from '@plantops/service-kit';
import type { z } from 'zod';
import type { Deps } from '../deps.ts';
import { Batch } from './batch.entity.ts';
import { checkPlan, plannedBatch } from './batch.rules.ts';

export const planBatch =
  ({ database, now }: Deps) =>
  (input: z.infer<typeof contract.input>, call: Call): Promise<BatchRow> => {
    checkPlan(input);
    return runCommand(database, call, async (tx) => {
      const at = now();
      const batch = await insertRow<BatchRow>(tx, Batch, { ...plannedBatch, ...input }, call, at);
      await announce(tx, [announcement(batchPlanned, batch, batch.id)], call, at);
      return batch;
    });
  };
