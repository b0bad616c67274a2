import { command } from '@plantops/backbone';
import * as contracts from '@plantops/contracts';
import { changeRow } from '@plantops/persistence';
import { complete } from './batch.rules.ts';
import { Batch } from './batch.table.ts';

export const completeBatch = command(
  contracts.completeBatch,
  () =>
    ({ id, ...sent }, work) =>
      changeRow(work, Batch, id, contracts.batchCompleted, (batch) =>
        complete(batch, { completed_at: work.at, ...sent }, work.at),
      ),
);
