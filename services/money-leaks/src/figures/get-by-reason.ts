import { query } from '@plantops/backbone';
import * as contracts from '@plantops/contracts';
import type { Tx } from '@plantops/persistence';
import { iso } from '../facts/intervals.rules.ts';
import { loadFacts } from '../facts/load-facts.ts';
import type { PlantWindow } from '../facts/rows.rules.ts';
import { byReason } from './breakdown.rules.ts';
import { stopPartsIn } from './stop-parts.rules.ts';
import { plantWindows } from './windows.rules.ts';
import { lineWindows } from './windows.ts';

/**
 * Stops by reason: unmasked minutes in the window, stops that start in it, and what the ledger holds for them there.
 */
export const getByReason = query(contracts.getByReason, () => async (input, { tx, at }) => {
  const windows = await lineWindows(tx, input, at);
  const facts = await loadFacts(tx, windows, { counts: false });
  const parts = stopPartsIn(windows, facts, input.product_id, Date.parse(at));
  const costs = await readCosts(tx, plantWindows(windows), input);
  return { items: byReason(parts, costs, input.rank_by) };
});

type Scope = { line_id?: string | undefined; product_id?: string | undefined };

/** What the ledger holds for each stop in the windows. */
async function readCosts(
  tx: Tx,
  windows: readonly PlantWindow[],
  { line_id, product_id }: Scope,
): Promise<Map<string, string>> {
  const rows = await tx.query<{ source_id: string; amount: string }>(
    `select t.source_id, sum(t.amount)::text as amount
     from unnest($2::uuid[], $3::timestamptz[], $4::timestamptz[]) as w(plant_id, since, until)
     join money_leak t
       on t.tenant_id = $1 and t.plant_id = w.plant_id and t.occurred_from >= w.since and t.occurred_from < w.until
     where t.source_type = 'downtime'
       and ($5::uuid is null or t.line_id = $5)
       and ($6::uuid is null or t.product_id = $6)
     group by t.source_id`,
    [
      tx.tenant,
      windows.map(({ plant_id }) => plant_id),
      windows.map(({ from }) => iso(from)),
      windows.map(({ to }) => iso(to)),
      line_id ?? null,
      product_id ?? null,
    ],
  );
  return new Map(rows.map(({ source_id, amount }) => [source_id, amount]));
}
