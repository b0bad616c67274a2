import type { BatchRow, planBatch as contract } from '@plantops/contracts';
import { insertRow } from '@plantops/persistence';
import type { Call } from '@plantops/service-kit';
import type { z } from 'zod';
import type { Deps } from '../deps.ts';
import { Batch } from './batch.entity.ts';
import { checkPlan, plannedBatch } from './batch.rules.ts';

/** A plan is nobody else's business yet: it is announced when it starts. */
export const planBatch =
  ({ database, now }: Deps) =>
  (input: z.infer<typeof contract.input>, call: Call): Promise<BatchRow> => {
    checkPlan(input);
    return database.transact(call.tenant, (tx) => insertRow<BatchRow>(tx, Batch, { ...plannedBatch, ...input }, call, now()));
  };
