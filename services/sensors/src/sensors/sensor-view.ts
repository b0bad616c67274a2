import type { SensorView as Answer } from '@plantops/contracts';
import { columnsOf, getFromView, view, type Tx } from '@plantops/persistence';
import { Sensor } from './sensor.table.ts';

/** A sensor in a response: its row, its newest reading, and since when it has been outside its limits. */
export const SensorView = view<Answer>(
  'sensor t left join sensor_state s on s.tenant_id = t.tenant_id and s.sensor_id = t.id',
  `${columnsOf(Sensor, 't')}, s.last_at, s.last_value, s.breached_side, s.breached_since`,
);

export function getView(tx: Tx, id: string): Promise<Answer> {
  return getFromView(tx, SensorView, 'sensor', id);
}
