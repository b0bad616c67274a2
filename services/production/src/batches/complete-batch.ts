import { command } from '@plantops/backbone';
import * as contracts from '@plantops/contracts';
import { changeRow } from '@plantops/persistence';
import { complete } from './batch.rules.ts';
import { inOwnUnit } from './in-own-unit.ts';
import { Batch } from './batch.table.ts';

export const completeBatch = command(
  contracts.completeBatch,
  () =>
    ({ id, ...sent }, work) =>
      changeRow(work, Batch, id, contracts.batchCompleted, async (batch) =>
        complete(batch, { completed_at: work.at, ...(await inOwnUnit(work.tx, batch, sent)) }, work.at),
      ),
);
