import { command } from '@plantops/backbone';
import * as contracts from '@plantops/contracts';
import { changeRow } from '@plantops/persistence';
import { lockWaiting } from '../readings/locks.ts';
import { keepJudged, lockStates } from './sensor-states.ts';
import { getView } from './sensor-view.ts';
import { checkLimits, judgePending, type SensorState } from './sensor.rules.ts';
import { Sensor } from './sensor.table.ts';

/** Values that are beyond a limit, but not long enough yet, are judged by the new limits, too. A breach stays. */
export const updateSensor = command(contracts.updateSensor, () => async ({ id, ...changes }, work) => {
  const { tx, call, at } = work;
  const [, states, sensor] = await Promise.all([
    lockWaiting(tx),
    lockStates(tx, [id]),
    changeRow(work, Sensor, id, contracts.sensorUpdated, (row) => {
      checkLimits({ ...row, ...changes });
      return changes;
    }),
  ]);
  const before = states.get(id) as SensorState;
  await keepJudged(tx, [{ sensor, before, state: judgePending(before, sensor), crossings: [] }], () => call, at);
  return getView(tx, id);
});
