import { Problem, type MoneyLeakView, type setAction as contract } from '@plantops/contracts';
import { runCommand } from '@plantops/persistence';
import type { Call } from '@plantops/service-kit';
import type { z } from 'zod';
import type { Deps } from '../deps.ts';
import { findLeak } from './get-money-leak.ts';
import { addToSums } from '../projections/kept-sums.ts';
import { lockLines } from '../postings/post-losses.ts';

/** What people say of a posting stands beside the ledger: the row itself never changes. */
export const setAction =
  ({ database, now }: Deps) =>
  ({ id, is_avoidable, action_taken }: z.infer<typeof contract.input>, call: Call): Promise<MoneyLeakView> =>
    runCommand(database, call, async (tx) => {
      await tx.lock(`action/${id}`);
      const leak = await findLeak(tx, id);
      if (call.expectedVersion !== undefined && call.expectedVersion !== leak.version)
        throw new Problem('stale_version', `it is at version ${leak.version} now, you last saw ${call.expectedVersion}: read it again`);
      // The posting and, where it was taken back, its reversal move together.
      await lockLines(tx, [leak.line_id]);
      const both = await tx.query<{ id: string }>('select id from money_leak where tenant_id = $1 and (id = $2 or reverses_id = $2)', [
        tx.tenant,
        id,
      ]);
      const ids = both.map((row) => row.id);
      await addToSums(tx, ids, -1);
      await tx.query(
        `insert into money_leak_action (money_leak_id, tenant_id, is_avoidable, action_taken, version, updated_at, updated_by) values ($2, $1, $3, $4, 1, $5, $6)
         on conflict (money_leak_id) do update set is_avoidable = coalesce(excluded.is_avoidable, money_leak_action.is_avoidable),
           action_taken = case when $7 then excluded.action_taken else money_leak_action.action_taken end,
           version = money_leak_action.version + 1, updated_at = excluded.updated_at, updated_by = excluded.updated_by`,
        [tx.tenant, id, is_avoidable ?? null, action_taken ?? null, now(), call.actor, action_taken !== undefined],
      );
      await addToSums(tx, ids);
      return findLeak(tx, id);
    });
