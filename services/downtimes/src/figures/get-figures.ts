import { query } from '@plantops/backbone';
import * as contracts from '@plantops/contracts';

const MOST_OPEN = 1_000;
type OpenStop = contracts.OutputOf<typeof contracts.getDowntimeFigures>['open'][number];

/** The open stops, longest first. */
export const getFigures = query(contracts.getDowntimeFigures, () => async ({ line_id, plant_id }, { tx }) => ({
  open: await tx.query<OpenStop>(
    `select id, line_id, start_time, reason_category, is_planned, left(description, 200) as description
     from downtime
     where tenant_id = $1
       and status = 'open'
       and voided_at is null
       and ($2::uuid is null or line_id = $2)
       and ($3::text is null or line_id in (
         select id from master where tenant_id = $1 and kind = 'line' and data->>'plant_id' = $3))
     order by start_time, id
     limit ${MOST_OPEN}`,
    [tx.tenant, line_id ?? null, plant_id ?? null],
  ),
}));
