import { command } from '@plantops/backbone';
import * as contracts from '@plantops/contracts';
import { changeRow } from '@plantops/persistence';
import { Plant } from './plant.table.ts';

export const updatePlant = command(
  contracts.updatePlant,
  () =>
    ({ id, ...changes }, work) =>
      changeRow(work, Plant, id, contracts.plantUpdated, () => changes),
);
