import type { listPlants as contract, PlantRow } from '@plantops/contracts';
import { listPage } from '@plantops/persistence';
import type { Call } from '@plantops/service-kit';
import type { z } from 'zod';
import type { Deps } from '../deps.ts';

export const listPlants =
  ({ database }: Deps) =>
  ({ code, ...page }: z.infer<typeof contract.input>, call: Call) =>
    database.transact(call.tenant, (tx) => listPage<PlantRow>(tx, 'plant t', [['t.code = ?', code]], page, 't.*', 16));
