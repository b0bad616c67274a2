import type { getShifts as contract, PlantRow } from '@plantops/contracts';
import { getRow } from '@plantops/persistence';
import type { Call } from '@plantops/service-kit';
import type { z } from 'zod';
import type { Deps } from '../deps.ts';
import { Plant } from './plant.entity.ts';
import { viewOf } from './shifts-view.ts';

export const getShifts =
  ({ database, now }: Deps) =>
  ({ id }: z.infer<typeof contract.input>, call: Call): Promise<z.infer<typeof contract.output>> =>
    database.transact(call.tenant, async (tx) => viewOf(await getRow<PlantRow>(tx, Plant, id), now()));
