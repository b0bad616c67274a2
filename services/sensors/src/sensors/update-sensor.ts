import { sensorUpdated, type SensorRow, type SensorView, type updateSensor as contract } from '@plantops/contracts';
import { announce, announcement, lockRow, runCommand, updateRow } from '@plantops/persistence';
import type { Call } from '@plantops/service-kit';
import type { z } from 'zod';
import type { Deps } from '../deps.ts';
import { Sensor } from './sensor.entity.ts';
import { checkLimits } from './sensor.rules.ts';
import { viewOf } from './view.ts';

export const updateSensor =
  ({ database, now }: Deps) =>
  ({ id, ...changes }: z.infer<typeof contract.input>, call: Call): Promise<SensorView> =>
    runCommand(database, call, async (tx) => {
      const at = now();
      const sensor = await lockRow<SensorRow>(tx, Sensor, id, call.expectedVersion);
      checkLimits({ ...sensor, ...changes });
      const changed = await updateRow(tx, Sensor, sensor, changes, call, at);
      await announce(tx, [announcement(sensorUpdated, changed, id)], call, at);
      return viewOf(tx, changed);
    });
