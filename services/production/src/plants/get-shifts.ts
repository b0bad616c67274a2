import { query } from '@plantops/backbone';
import * as contracts from '@plantops/contracts';
import { getRow } from '@plantops/persistence';
import { Plant } from './plant.table.ts';
import { viewOf } from './shifts-view.ts';

export const getShifts = query(
  contracts.getShifts,
  () =>
    async ({ id }, { tx, at }) =>
      viewOf(await getRow(tx, Plant, id), at),
);
