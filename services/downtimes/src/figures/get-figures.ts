import { query } from '@plantops/backbone';
import * as contracts from '@plantops/contracts';
import { countWaiting, lineClocks, lineCodesOf, masterByCode, type Tx } from '@plantops/persistence';
import { lateAfterDays } from '../line-events/line-event-handler.ts';

const MOST_OPEN = 1_000;
type OpenStop = contracts.OutputOf<typeof contracts.getDowntimeFigures>['open'][number];

const clocksOfLines = async (tx: Tx): Promise<contracts.LineClock[]> => {
  const clocks = await lineClocks(tx, await lateAfterDays(tx));
  const lines = await masterByCode<contracts.LineRow>(
    tx,
    'line',
    clocks.map(({ line_code }) => line_code),
  );
  return clocks.flatMap(({ line_code, ...clock }) => {
    const line = lines.get(line_code);
    return line === undefined ? [] : [{ line_id: line.id, ...clock }];
  });
};

/** The open stops, longest first; what waits, and lines whose clock is not plausible. */
export const getFigures = query(contracts.getDowntimeFigures, () => async ({ line_id, plant_id }, { tx }) => ({
  waiting: await countWaiting(tx, await lineCodesOf(tx, { line_id, plant_id })),
  line_clocks: await clocksOfLines(tx),
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
