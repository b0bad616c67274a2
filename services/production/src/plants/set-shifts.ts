import { plantUpdated, type PlantRow, type setShifts as contract } from '@plantops/contracts';
import { announce, announcement, lockRow, runCommand, updateRow } from '@plantops/persistence';
import type { Call } from '@plantops/service-kit';
import type { z } from 'zod';
import type { Deps } from '../deps.ts';
import { Plant } from './plant.entity.ts';
import { viewOf } from './shifts-view.ts';
import { withCalendar } from './shifts.rules.ts';

export const setShifts =
  ({ database, now }: Deps) =>
  ({ id, valid_from, ...schedule }: z.infer<typeof contract.input>, call: Call): Promise<z.infer<typeof contract.output>> =>
    runCommand(database, call, async (tx) => {
      const at = now();
      const plant = await lockRow<PlantRow>(tx, Plant, id, call.expectedVersion);
      const changed = await updateRow(tx, Plant, plant, { calendars: withCalendar(plant, schedule, valid_from, at) }, call, at);
      await announce(tx, [announcement(plantUpdated, changed, id)], call, at);
      return viewOf(changed, at);
    });
