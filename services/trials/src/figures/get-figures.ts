import type { getTrialFigures as contract } from '@plantops/contracts';
import type { Call } from '@plantops/service-kit';
import type { z } from 'zod';
import type { Deps } from '../deps.ts';

export const getFigures =
  ({ database }: Deps) =>
  ({ plant_id, line_id }: z.infer<typeof contract.input>, call: Call): Promise<z.infer<typeof contract.output>> =>
    database.transact(call.tenant, async (tx) => {
      const [active] = await tx.query<{ count: number }>(
        "select count(*) as count from trial where tenant_id = $1 and status = 'in_progress' and ($2::uuid is null or plant_id = $2) and ($3::uuid is null or line_id = $3)",
        [tx.tenant, plant_id ?? null, line_id ?? null],
      );
      return { active_trials: active?.count ?? 0 };
    });
