import type { getDowntimeFigures as contract } from '@plantops/contracts';
import type { Call } from '@plantops/service-kit';
import type { z } from 'zod';
import type { Deps } from '../deps.ts';

type Figures = z.infer<typeof contract.output>;
const MOST_OPEN = 1_000;

export const getFigures =
  ({ database }: Deps) =>
  ({ line_id, plant_id }: z.infer<typeof contract.input>, call: Call): Promise<Figures> =>
    database.transact(call.tenant, async (tx) => ({
      open: await tx.query<Figures['open'][number]>(
        `select id, line_id, start_time, reason_category, is_planned, left(description, 200) as description from downtime
         where tenant_id = $1 and status = 'open' and voided_at is null and ($2::uuid is null or line_id = $2)
           and ($3::text is null or line_id in (select id from master where tenant_id = $1 and kind = 'line' and data->>'plant_id' = $3)) order by start_time, id limit ${MOST_OPEN}`,
        [tx.tenant, line_id ?? null, plant_id ?? null],
      ),
    }));
