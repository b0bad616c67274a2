import { query } from '@plantops/backbone';
import * as contracts from '@plantops/contracts';
import { lineCodesOf, sql, type Tx } from '@plantops/persistence';

const MOST_BREACHED = 1_000;
type BreachedSensor = contracts.OutputOf<typeof contracts.getSensorFigures>['breached'][number];

/** Readings wait for one reason: their sensor is not known. */
const countWaiting = async (
  tx: Tx,
  lineCodes: readonly string[] | undefined,
): Promise<{ reason: string; count: number }[]> => {
  const [row] = await tx.query<{ count: number }>(sql`
    select count(*) as count
    from waiting_reading
    where tenant_id = ${tx.tenant} and (${lineCodes ?? null}::text[] is null or line_code = any(${lineCodes ?? null}))`);
  return row === undefined || row.count === 0 ? [] : [{ reason: 'unknown_sensor', count: row.count }];
};

/** The sensors outside their limits, longest first, with their newest good reading. */
export const getFigures = query(contracts.getSensorFigures, () => async ({ plant_id, line_id }, { tx }) => ({
  waiting: await countWaiting(tx, await lineCodesOf(tx, { line_id, plant_id })),
  breached: await tx.query<BreachedSensor>(
    `select t.id as sensor_id, t.line_id, t.name, t.unit,
            s.breached_side as side, s.breached_limit as limit, s.breached_value as value, s.breached_since as since
     from sensor_state s
     join sensor t on t.tenant_id = s.tenant_id and t.id = s.sensor_id
     where s.tenant_id = $1
       and s.breached_side is not null
       and ($2::uuid is null or t.line_id = $2)
       and ($3::uuid is null or t.line_id in (
         select id from master where tenant_id = $1 and kind = 'line' and (data->>'plant_id')::uuid = $3))
     order by s.breached_since, s.sensor_id
     limit ${MOST_BREACHED}`,
    [tx.tenant, line_id ?? null, plant_id ?? null],
  ),
}));
