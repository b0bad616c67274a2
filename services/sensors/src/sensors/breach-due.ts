import type { SensorRow } from '@plantops/contracts';
import { columnsOf, eachTenant, raw, sql, type Database, type Tx } from '@plantops/persistence';
import { shareWaiting } from '../readings/locks.ts';
import { judgeAt, type SensorState } from './sensor.rules.ts';
import { keepJudged, lockStates } from './sensor-states.ts';
import { Sensor } from './sensor.table.ts';

const MOST_SENSORS = 500;
/** A reading may be under way for so long: one that ends a delay in time is waited for before the alarm. */
export const TRANSPORT_SECONDS = 5;

/** Breaches limits whose sensors send no new value: the last one lasts. */
export const breachDue = (database: Database, now: string): Promise<void> => {
  const until = new Date(Date.parse(now) - 1_000 * TRANSPORT_SECONDS).toISOString();
  return eachTenant(
    database,
    sql`select distinct tenant_id from sensor_state where pending_due <= ${until}`,
    (tenant) => database.transact(tenant, (tx) => breach(tx, until, now)),
  );
};

async function breach(tx: Tx, until: string, now: string): Promise<void> {
  await shareWaiting(tx);
  const sensors = await tx.query<SensorRow>(sql`
    select ${raw(columnsOf(Sensor, 't'))}
    from sensor_state s
    join sensor t on t.tenant_id = s.tenant_id and t.id = s.sensor_id
    where s.tenant_id = ${tx.tenant} and s.pending_due <= ${until}
    order by s.pending_due
    limit ${MOST_SENSORS}`);
  const states = await lockStates(
    tx,
    sensors.map(({ id }) => id),
  );
  const judged = sensors.map((sensor) => {
    const before = states.get(sensor.id) as SensorState;
    return { sensor, before, ...judgeAt(before, sensor, until) };
  });
  await keepJudged(tx, judged, ({ line_code }) => ({ actor: `line:${line_code}` }), now);
}
