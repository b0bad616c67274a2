import { trialPlanned, type planTrial as contract, type TrialRow } from '@plantops/contracts';
import { announce, announcement, runCommand, insertRow, type Tx } from '@plantops/persistence';
import type { Call } from '@plantops/service-kit';
import type { z } from 'zod';
import type { Deps } from '../deps.ts';
import { Trial } from './trial.entity.ts';
import { checkPlan } from './trial.rules.ts';

const unplanned = {
  description: null,
  hypothesis: null,
  batch_id: null,
  parameters: {},
  success_criteria: [],
  expected_outcome: null,
  planned_start: null,
  planned_end: null,
  started_at: null,
  completed_at: null,
  cancelled_at: null,
  cancellation_reason: null,
  results: null,
  was_successful: null,
  observations: null,
  learnings: null,
  recommendations: null,
};

export const planTrial =
  ({ database, line, batch, now }: Deps) =>
  async (input: z.infer<typeof contract.input>, call: Call): Promise<TrialRow> => {
    const { plant_id } = await line(input.line_id, call);
    await batch(input.batch_id, input.line_id, call);
    const fields = { ...unplanned, ...input, plant_id, status: 'planned' as const };
    checkPlan(fields);
    return runCommand(database, call, async (tx) => {
      const at = now();
      const trial = await insertRow<TrialRow>(tx, Trial, { ...fields, trial_number: await nextNumber(tx, at) }, call, at);
      await announce(tx, [announcement(trialPlanned, trial, trial.id)], call, at);
      return trial;
    });
  };

/** T-2026-0001: counted from 1 each year, in each tenant. */
const nextNumber = async (tx: Tx, now: string): Promise<string> => {
  const year = now.slice(0, 4);
  const [row] = await tx.query<{ last: number }>(
    'insert into trial_number (tenant_id, year, last) values ($1, $2, 1) on conflict (tenant_id, year) do update set last = trial_number.last + 1 returning last',
    [tx.tenant, Number(year)],
  );
  return `T-${year}-${String(row?.last).padStart(4, '0')}`;
};
