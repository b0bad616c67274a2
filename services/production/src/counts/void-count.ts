import { countVoided, Problem, type CountRow, type voidCount as contract } from '@plantops/contracts';
import { announce, announcement, lockRow, runCommand, updateRow } from '@plantops/persistence';
import type { Call } from '@plantops/service-kit';
import type { z } from 'zod';
import type { Deps } from '../deps.ts';
import { UnitCount } from './unit-count.entity.ts';

export const voidCount =
  ({ database, now }: Deps) =>
  ({ id, count_id, reason }: z.infer<typeof contract.input>, call: Call): Promise<CountRow> =>
    runCommand(database, call, async (tx) => {
      const at = now();
      const count = await lockRow<CountRow>(tx, UnitCount, count_id, call.expectedVersion);
      if (count.batch_id !== id) throw new Problem('not_found', `batch ${id} has no count ${count_id}`);
      if (count.voided_at !== null) throw new Problem('illegal_transition', `it was voided at ${count.voided_at} already`);
      const voided = await updateRow(tx, UnitCount, count, { voided_at: at, void_reason: reason }, call, at);
      await announce(tx, [announcement(countVoided, voided, count_id)], call, at);
      return voided;
    });
