import type { SensorRow, SensorView } from '@plantops/contracts';
import type { Tx } from '@plantops/persistence';

/** A sensor as it is answered: the row, its newest reading, and since when it has been outside its limits. */
export const VIEW_FROM = 'sensor t left join sensor_state s on s.tenant_id = t.tenant_id and s.sensor_id = t.id';
export const VIEW = 't.*, s.last_at, s.last_value, s.breached_side, s.breached_since';

export const viewOf = async (tx: Tx, sensor: SensorRow): Promise<SensorView> => {
  const [view] = await tx.query<SensorView>(`select ${VIEW} from ${VIEW_FROM} where t.tenant_id = $1 and t.id = $2`, [
    tx.tenant,
    sensor.id,
  ]);
  return view as SensorView;
};
