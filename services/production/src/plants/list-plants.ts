import { query } from '@plantops/backbone';
import * as contracts from '@plantops/contracts';
import type { PlantRow } from '@plantops/contracts';
import { columnsOf, listPage, view } from '@plantops/persistence';
import { Plant } from './plant.table.ts';

/** A plant's row holds its calendars, so a page has few of them. */
const LARGE_ROWS = 16;
const PLANTS = view<PlantRow>('plant t', columnsOf(Plant, 't'), { chunk: LARGE_ROWS });

export const listPlants = query(
  contracts.listPlants,
  () =>
    ({ code, ...page }, { tx }) =>
      listPage(tx, PLANTS, [['t.code = ?', code]], page),
);
