import { command } from '@plantops/backbone';
import * as contracts from '@plantops/contracts';
import { addRow } from '@plantops/persistence';
import { Plant } from './plant.table.ts';

export const createPlant = command(
  contracts.createPlant,
  () => (input, work) => addRow(work, Plant, { address: null, calendars: [], ...input }, contracts.plantCreated),
);
