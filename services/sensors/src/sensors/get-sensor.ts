import type { SensorRow, SensorView } from '@plantops/contracts';
import { getRow } from '@plantops/persistence';
import type { Call } from '@plantops/service-kit';
import type { Deps } from '../deps.ts';
import { Sensor } from './sensor.entity.ts';
import { viewOf } from './view.ts';

export const getSensor =
  ({ database }: Deps) =>
  ({ id }: { id: string }, call: Call): Promise<SensorView> =>
    database.transact(call.tenant, async (tx) => viewOf(tx, await getRow<SensorRow>(tx, Sensor, id)));
