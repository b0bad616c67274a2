import { plantCreated, type createPlant as contract, type PlantRow } from '@plantops/contracts';
import { announce, announcement, runCommand, insertRow } from '@plantops/persistence';
import type { Call } from '@plantops/service-kit';
import type { z } from 'zod';
import type { Deps } from '../deps.ts';
import { Plant } from './plant.entity.ts';

export const createPlant =
  ({ database, now }: Deps) =>
  (input: z.infer<typeof contract.input>, call: Call): Promise<PlantRow> =>
    runCommand(database, call, async (tx) => {
      const at = now();
      const plant = await insertRow<PlantRow>(tx, Plant, { address: null, calendars: [], ...input }, call, at);
      await announce(tx, [announcement(plantCreated, plant, plant.id)], call, at);
      return plant;
    });
