/** Readings that wait for their sensor, as people see and discard them: one row a sensor. */
import { command, query } from '@plantops/backbone';
import { Problem, waitingOf, type SensorRow, type WaitingRow } from '@plantops/contracts';
import { columnsOf, getFromView, listPage, raw, recordWaiting, sql, view, type Tx } from '@plantops/persistence';
import { Sensor } from '../sensors/sensor.table.ts';
import { lockWaiting } from './locks.ts';
import { releaseChunk } from './release-waiting.ts';

const contracts = waitingOf('sensors');

/** The id follows from the address of the sensor: it is the same each time readings wait for it (UUIDv8). */
const rows = view<WaitingRow>(
  `(
    select
      overlay(overlay(md5(tenant_id || '.' || line_code || '.' || sensor_code) placing '8' from 13) placing '8' from 17)::uuid as id,
      tenant_id, line_code, sensor_code,
      min(received_at) as since, max(at) as happened_at,
      jsonb_build_object('sensor', sensor_code, 'readings', count(*), 'from', min(at), 'to', max(at))::text as body
    from waiting_reading
    group by tenant_id, line_code, sensor_code
  ) t`,
  `t.id, t.tenant_id, 'sensors' as service, t.line_code, 'readings' as kind, t.sensor_code as event_id,
   'unknown_sensor' as reason, 'sensor:' || t.line_code || '.' || t.sensor_code as waits_for, t.since, t.happened_at,
   t.body`,
);

export const listWaiting = query(
  contracts.list,
  () =>
    ({ line_code, kind, event_id, reason, ...page }, { tx }) =>
      listPage(
        tx,
        rows,
        [
          ['t.line_code = ?', line_code],
          ["'readings' = ?", kind],
          ['t.sensor_code = ?', event_id],
          ["'unknown_sensor' = ?", reason],
        ],
        page,
      ),
);

/** Readings wait for nothing but their sensor: as soon as it is added, they are stored. */
export const releaseWaiting = command(contracts.release, () => async ({ id }, { tx, call, at }) => {
  await lockWaiting(tx);
  const row = await find(tx, id);
  const sensor = await findSensor(tx, row);
  if (sensor === undefined)
    throw new Problem(
      'illegal_transition',
      `line ${row.line_code} has no sensor ${row.event_id}: add it, and its readings are stored`,
    );
  await releaseChunk(tx, sensor, at);
  const released = { ...row, outcome: 'applied' as const, detail: null };
  await recordWaiting(tx, { service: 'sensors', type: 'waiting.released', rows: [released] }, call, at);
  return released;
});

/** None of them can be released by hand; those that match are counted. */
export const releaseAllWaiting = command(
  contracts.releaseAll,
  () =>
    async ({ line_code, kind, event_id, reason }, { tx }) => {
      const [row] = await tx.query<{ count: number }>(sql`
        select count(*) as count
        from waiting_reading
        where tenant_id = ${tx.tenant}
          and line_code = coalesce(${line_code ?? null}, line_code)
          and sensor_code = coalesce(${event_id ?? null}, sensor_code)
          and coalesce(${kind ?? null}, 'readings') = 'readings'
          and coalesce(${reason ?? null}, 'unknown_sensor') = 'unknown_sensor'`);
      return { released: 0, waiting: row?.count ?? 0 };
    },
);

export const discardWaiting = command(contracts.discard, () => async ({ id, reason }, { tx, call, at }) => {
  await lockWaiting(tx);
  const row = await find(tx, id);
  await tx.query(sql`
    delete from waiting_reading
    where tenant_id = ${tx.tenant} and line_code = ${row.line_code} and sensor_code = ${row.event_id}`);
  const discarded = { ...row, discard_reason: reason ?? null };
  await recordWaiting(tx, { service: 'sensors', type: 'waiting.discarded', rows: [discarded] }, call, at);
  return row;
});

const find = (tx: Tx, id: string): Promise<WaitingRow> => getFromView(tx, rows, 'waiting line event', id);

async function findSensor(tx: Tx, { line_code, event_id }: WaitingRow): Promise<SensorRow | undefined> {
  const [sensor] = await tx.query<SensorRow>(sql`
    select ${raw(columnsOf(Sensor))}
    from sensor
    where tenant_id = ${tx.tenant} and line_code = ${line_code} and code = ${event_id}`);
  return sensor;
}
