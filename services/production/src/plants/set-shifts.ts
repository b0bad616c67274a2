import { command } from '@plantops/backbone';
import * as contracts from '@plantops/contracts';
import { changeRow } from '@plantops/persistence';
import { Plant } from './plant.table.ts';
import { viewOf } from './shifts-view.ts';
import { withCalendar } from './shifts.rules.ts';

export const setShifts = command(contracts.setShifts, () => async ({ id, valid_from, ...schedule }, work) => {
  const changed = await changeRow(work, Plant, id, contracts.plantUpdated, (plant) => ({
    calendars: withCalendar(plant, schedule, valid_from, work.at),
  }));
  return viewOf(changed, work.at);
});
