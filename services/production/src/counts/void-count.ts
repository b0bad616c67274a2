import { command } from '@plantops/backbone';
import * as contracts from '@plantops/contracts';
import { Problem } from '@plantops/contracts';
import { changeRow } from '@plantops/persistence';
import * as rules from './count.rules.ts';
import { UnitCount } from './unit-count.table.ts';

export const voidCount = command(
  contracts.voidCount,
  () =>
    ({ id, count_id, reason }, work) =>
      changeRow(work, UnitCount, count_id, contracts.countVoided, (count) => {
        if (count.batch_id !== id) throw new Problem('not_found', `batch ${id} has no count ${count_id}`);
        return rules.voidCount(count, reason, work.at);
      }),
);
