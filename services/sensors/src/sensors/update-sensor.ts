import { command } from '@plantops/backbone';
import * as contracts from '@plantops/contracts';
import { changeRow } from '@plantops/persistence';
import { getView } from './sensor-view.ts';
import { checkLimits } from './sensor.rules.ts';
import { Sensor } from './sensor.table.ts';

export const updateSensor = command(contracts.updateSensor, () => async ({ id, ...changes }, work) => {
  await changeRow(work, Sensor, id, contracts.sensorUpdated, (sensor) => {
    checkLimits({ ...sensor, ...changes });
    return changes;
  });
  return getView(work.tx, id);
});
