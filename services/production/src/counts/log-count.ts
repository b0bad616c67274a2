import { countLogged, notAhead, Problem, type BatchRow, type CountRow, type logCount as contract } from '@plantops/contracts';
import { announce, announcement, runCommand, getRow, insertRow } from '@plantops/persistence';
import type { Call } from '@plantops/service-kit';
import type { z } from 'zod';
import { Batch } from '../batches/batch.entity.ts';
import type { Deps } from '../deps.ts';
import { UnitCount } from './unit-count.entity.ts';

export const logCount =
  ({ database, now }: Deps) =>
  ({ id, at: countedAt, good, reject }: z.infer<typeof contract.input>, call: Call): Promise<CountRow> =>
    runCommand(database, call, async (tx) => {
      const at = now();
      notAhead('at', countedAt ?? at, at);
      const { line_id, batch_number, product_id, status, started_at } = await getRow<BatchRow>(tx, Batch, id);
      if (status === 'planned' || status === 'cancelled')
        throw new Problem('illegal_transition', `batch ${batch_number} is ${status}: start it before units are counted`);
      if (started_at !== null && countedAt !== undefined && countedAt < started_at)
        throw Problem.field('at', `must not be before the batch's started_at, ${started_at}`);
      const count = await insertRow<CountRow>(
        tx,
        UnitCount,
        { line_id, batch_id: id, batch_number, product_id, at: countedAt ?? at, good, reject, voided_at: null, void_reason: null },
        call,
        at,
      );
      await announce(tx, [announcement(countLogged, count, count.id)], call, at);
      return count;
    });
