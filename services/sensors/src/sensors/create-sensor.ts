import { inCommand, useCase } from '@plantops/backbone';
import * as contracts from '@plantops/contracts';
import { addRow } from '@plantops/persistence';
import type { Deps } from '../deps.ts';
import { lockWaiting } from '../readings/locks.ts';
import { releaseChunk, releaseRest } from '../readings/release-waiting.ts';
import { getView } from './sensor-view.ts';
import { checkLimits } from './sensor.rules.ts';
import { Sensor } from './sensor.table.ts';

/**
 * Readings that waited for the sensor are stored with it. The first chunk is part of the command; the rest follows,
 * so that the caller does not wait.
 */
export const createSensor = useCase(contracts.createSensor, (deps: Deps) => async (input, call) => {
  checkLimits(input);
  const sensor = await inCommand(deps, call, async (work) => {
    const { code: line_code } = await deps.line(input.line_id, work);
    const { tx, at } = work;
    await lockWaiting(tx);
    const added = await addRow(work, Sensor, { ...input, line_code }, contracts.sensorCreated);
    await tx.query('insert into sensor_state (tenant_id, sensor_id) values ($1, $2)', [tx.tenant, added.id]);
    await releaseChunk(tx, added, at);
    return getView(tx, added.id);
  });
  await releaseRest(deps, call.tenant, sensor).catch((error: unknown) =>
    deps.database.log.warn(
      { err: error, sensor: sensor.id },
      'readings still wait for the sensor; housekeeping stores them',
    ),
  );
  return sensor;
});
