import { command } from '@plantops/backbone';
import * as contracts from '@plantops/contracts';
import { addRow, type Tx } from '@plantops/persistence';
import type { Deps } from '../deps.ts';
import { checkPlan, unplannedTrial } from './trial.rules.ts';
import { Trial } from './trial.table.ts';

export const planTrial = command(contracts.planTrial, ({ line, batch }: Deps) => async (input, work) => {
  const { plant_id } = await line(input.line_id, work);
  await batch(input.batch_id, input.line_id, work);
  const fields = { ...unplannedTrial, ...input, plant_id, status: 'planned' as const };
  checkPlan(fields);
  return addRow(work, Trial, { ...fields, trial_number: await nextNumber(work.tx, work.at) }, contracts.trialPlanned);
});

/** T-2026-0001: counted from 1 in each year and tenant. */
async function nextNumber(tx: Tx, now: string): Promise<string> {
  const year = now.slice(0, 4);
  const [row] = await tx.query<{ last: number }>(
    `insert into trial_number (tenant_id, year, last)
     values ($1, $2, 1)
     on conflict (tenant_id, year) do update set last = trial_number.last + 1
     returning last`,
    [tx.tenant, Number(year)],
  );
  return `T-${year}-${String(row?.last).padStart(4, '0')}`;
}
