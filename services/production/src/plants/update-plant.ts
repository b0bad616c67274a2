import { plantUpdated, type PlantRow, type updatePlant as contract } from '@plantops/contracts';
import { announce, announcement, runCommand, lockRow, updateRow } from '@plantops/persistence';
import type { Call } from '@plantops/service-kit';
import type { z } from 'zod';
import type { Deps } from '../deps.ts';
import { Plant } from './plant.entity.ts';

export const updatePlant =
  ({ database, now }: Deps) =>
  ({ id, ...changes }: z.infer<typeof contract.input>, call: Call): Promise<PlantRow> =>
    runCommand(database, call, async (tx) => {
      const at = now();
      const plant = await updateRow(tx, Plant, await lockRow<PlantRow>(tx, Plant, id, call.expectedVersion), changes, call, at);
      await announce(tx, [announcement(plantUpdated, plant, id)], call, at);
      return plant;
    });
