import { command } from '@plantops/backbone';
import * as contracts from '@plantops/contracts';
import { Problem } from '@plantops/contracts';
import { announceRow, lockLineEventsOf, lockRow, sql, updateRow } from '@plantops/persistence';
import { recut } from '../batches/recut.ts';
import * as rules from './count.rules.ts';
import { UnitCount } from './unit-count.table.ts';

export const voidCount = command(contracts.voidCount, () => async ({ id, count_id, reason }, { tx, call, at }) => {
  const cut = sql`select from batch where tenant_id = ${tx.tenant} and id = ${id} and cut_at is not null`;
  const [isCut, count] = await Promise.all([
    lockLineEventsOf(tx, cut),
    lockRow(tx, UnitCount, count_id, call.expectedVersion),
  ]);
  if (count.batch_id !== id) throw new Problem('not_found', `batch ${id} has no count ${count_id}`);
  const changes = rules.voidCount(count, reason, at);
  const row = await updateRow(tx, UnitCount, count, changes, call, at);
  const voided = await announceRow({ tx, call, at }, row, contracts.countVoided);
  if (isCut) await recut(tx, [id], call, at);
  return voided;
});
