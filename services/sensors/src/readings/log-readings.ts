import type { logReadings as contract, SensorRow } from '@plantops/contracts';
import { getRow, runCommand } from '@plantops/persistence';
import type { Call } from '@plantops/service-kit';
import type { z } from 'zod';
import type { Deps } from '../deps.ts';
import { Sensor } from '../sensors/sensor.entity.ts';
import { refuseAhead } from './refuse-ahead.ts';
import { storeReadings } from './store-readings.ts';

export const logReadings =
  ({ database, now }: Deps) =>
  ({ id, readings }: z.infer<typeof contract.input>, call: Call): Promise<z.infer<typeof contract.output>> =>
    runCommand(database, call, async (tx) => {
      const at = now();
      refuseAhead(readings, at);
      const sensor = await getRow<SensorRow>(tx, Sensor, id);
      const stored = await storeReadings(tx, [{ sensor, readings }], () => call, at);
      return { stored, known: readings.length - stored };
    });
