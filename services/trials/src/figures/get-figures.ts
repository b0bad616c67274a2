import { query } from '@plantops/backbone';
import * as contracts from '@plantops/contracts';

export const getFigures = query(contracts.getTrialFigures, () => async ({ plant_id, line_id }, { tx }) => {
  const [active] = await tx.query<{ count: number }>(
    `select count(*) as count
     from trial
     where tenant_id = $1
       and status = 'in_progress'
       and ($2::uuid is null or plant_id = $2)
       and ($3::uuid is null or line_id = $3)`,
    [tx.tenant, plant_id ?? null, line_id ?? null],
  );
  return { active_trials: active?.count ?? 0 };
});
