import type { getDowntimeFigures as contract } from '@plantops/contracts';
import type { Call } from '@plantops/service-kit';
import type { z } from 'zod';
import type { Deps } from '../deps.ts';

type Figures = z.infer<typeof contract.output>;
const MOST_OPEN = 1_000;

export const getFigures =
  ({ database }: Deps) =>
  ({ line_id }: z.infer<typeof contract.input>, call: Call): Promise<Figures> =>
    database.transact(call.tenant, async (tx) => ({
      open: await tx.query<Figures['open'][number]>(
        `select id, line_id, start_time, reason_category, is_planned, description from downtime
         where tenant_id = $1 and status = 'open' and voided_at is null and ($2::uuid is null or line_id = $2) order by start_time, id limit ${MOST_OPEN}`,
        [tx.tenant, line_id ?? null],
      ),
    }));
