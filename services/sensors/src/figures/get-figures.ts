import type { getSensorFigures as contract } from '@plantops/contracts';
import type { Call } from '@plantops/service-kit';
import type { z } from 'zod';
import type { Deps } from '../deps.ts';

const MOST_BREACHED = 1_000;
type Breached = z.infer<typeof contract.output>['breached'][number];

/** The sensors outside their limits, the longest first, with their newest good reading. */
export const getFigures =
  ({ database }: Deps) =>
  ({ plant_id, line_id }: z.infer<typeof contract.input>, call: Call): Promise<z.infer<typeof contract.output>> =>
    database.transact(call.tenant, async (tx) => {
      const breached = await tx.query<Breached>(
        `select t.id as sensor_id, t.line_id, t.name, t.unit, s.breached_side as side, s.breached_limit as limit, s.breached_value as value, s.breached_since as since
         from sensor_state s join sensor t on t.tenant_id = s.tenant_id and t.id = s.sensor_id
         where s.tenant_id = $1 and s.breached_side is not null and ($2::uuid is null or t.line_id = $2)
           and ($3::uuid is null or t.line_id in (select id from master where tenant_id = $1 and kind = 'line' and (data->>'plant_id')::uuid = $3))
         order by s.breached_since, s.sensor_id limit ${MOST_BREACHED}`,
        [tx.tenant, line_id ?? null, plant_id ?? null],
      );
      return { breached };
    });
