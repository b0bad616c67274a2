import { sensorCreated, type createSensor as contract, type SensorRow, type SensorView } from '@plantops/contracts';
import { announce, announcement, insertRow, runCommand } from '@plantops/persistence';
import type { Call } from '@plantops/service-kit';
import type { z } from 'zod';
import type { Deps } from '../deps.ts';
import { lockWaiting } from '../readings/locks.ts';
import { releaseBite, releaseRest } from '../readings/release-waiting.ts';
import { Sensor } from './sensor.entity.ts';
import { checkLimits } from './sensor.rules.ts';
import { viewOf } from './view.ts';

/** What waited for the sensor is stored with it; more than one bite of it follows at once, so that nobody waits for all. */
export const createSensor =
  (deps: Deps) =>
  async (input: z.infer<typeof contract.input>, call: Call): Promise<SensorView> => {
    checkLimits(input);
    const { code: line_code } = await deps.line(input.line_id, call);
    const view = await runCommand(deps.database, call, async (tx) => {
      const at = deps.now();
      await lockWaiting(tx);
      const sensor = await insertRow<SensorRow>(tx, Sensor, { ...input, line_code }, call, at);
      await tx.query('insert into sensor_state (tenant_id, sensor_id) values ($1, $2)', [tx.tenant, sensor.id]);
      await announce(tx, [announcement(sensorCreated, sensor, sensor.id)], call, at);
      await releaseBite(tx, sensor, at);
      return viewOf(tx, sensor);
    });
    await releaseRest(deps, call.tenant, view).catch((error: unknown) =>
      deps.database.log.warn({ err: error, sensor: view.id }, 'what still waits for the sensor is stored by housekeeping'),
    );
    return view;
  };
