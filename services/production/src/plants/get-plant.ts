import type { PlantRow } from '@plantops/contracts';
import { getRow } from '@plantops/persistence';
import type { Call } from '@plantops/service-kit';
import type { Deps } from '../deps.ts';
import { Plant } from './plant.entity.ts';

export const getPlant =
  ({ database }: Deps) =>
  ({ id }: { id: string }, call: Call): Promise<PlantRow> =>
    database.transact(call.tenant, (tx) => getRow<PlantRow>(tx, Plant, id));
