import { command } from '@plantops/backbone';
import * as contracts from '@plantops/contracts';
import { Problem } from '@plantops/contracts';
import type { Tx } from '@plantops/persistence';
import { lockLines } from '../postings/locks.ts';
import * as keptSums from '../projections/kept-sums.ts';
import { findLeak } from './get-money-leak.ts';

/** What people say of a posting is stored beside the ledger: the row itself never changes. */
export const setAction = command(
  contracts.setAction,
  () =>
    async ({ id, is_avoidable, action_taken }, { tx, call, at }) => {
      await tx.lock(`action/${id}`);
      const leak = await findLeak(tx, id);
      if (call.expectedVersion !== undefined && call.expectedVersion !== leak.version)
        throw new Problem(
          'stale_version',
          `it is at version ${leak.version} now, you last saw ${call.expectedVersion}: read it again`,
        );
      // The posting and its reversal move together.
      await lockLines(tx, [leak.line_id]);
      const ids = await readBoth(tx, id);
      await keptSums.apply(tx, ids, -1);
      await writeAction(tx, { money_leak_id: id, is_avoidable, action_taken, updated_at: at, updated_by: call.actor });
      await keptSums.apply(tx, ids);
      return findLeak(tx, id);
    },
);

/** The ids of a posting and, where it was reversed, of its reversal. */
async function readBoth(tx: Tx, id: string): Promise<string[]> {
  const rows = await tx.query<{ id: string }>(
    `select id from money_leak
     where tenant_id = $1 and (id = $2 or reverses_id = $2)`,
    [tx.tenant, id],
  );
  return rows.map((row) => row.id);
}

/** A field that is undefined keeps what was said before. So does `is_avoidable` where it is null. */
export type Action = {
  readonly money_leak_id: string;
  readonly is_avoidable?: boolean | null | undefined;
  readonly action_taken?: string | null | undefined;
  readonly updated_at: string;
  readonly updated_by: string;
};

/** Stores what is said of a posting, one version on. */
export async function writeAction(tx: Tx, action: Action): Promise<void> {
  await tx.query(
    `insert into money_leak_action as a (
       money_leak_id, tenant_id, is_avoidable, action_taken, version, updated_at, updated_by)
     select money_leak_id, $1, is_avoidable, action_taken, 1, updated_at, updated_by
     from jsonb_to_record($2::jsonb) as n(
       money_leak_id uuid, is_avoidable boolean, action_taken text, updated_at timestamptz, updated_by text)
     on conflict (money_leak_id) do update
     set is_avoidable = coalesce(excluded.is_avoidable, a.is_avoidable),
         action_taken = case when $3 then excluded.action_taken else a.action_taken end,
         version = a.version + 1,
         updated_at = excluded.updated_at,
         updated_by = excluded.updated_by`,
    [tx.tenant, JSON.stringify(action), action.action_taken !== undefined],
  );
}
