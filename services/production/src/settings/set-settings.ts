import { command } from '@plantops/backbone';
import * as contracts from '@plantops/contracts';
import { addRow, changeRow } from '@plantops/persistence';
import { findSettings, viewOf } from './find-settings.ts';
import { Settings } from './settings.table.ts';

/** The row is added with the first change. */
export const setSettings = command(contracts.setSettings, () => async ({ late_after_days }, work) => {
  await work.tx.lock('settings');
  const row = await findSettings(work.tx);
  const changes = late_after_days === undefined ? {} : { late_after_days };
  if (row !== undefined)
    return viewOf(await changeRow(work, Settings, row.id, contracts.settingsChanged, () => changes));
  const expected = work.call.expectedVersion ?? 0;
  if (expected !== 0)
    throw new contracts.Problem('stale_version', `the settings have version 0, not ${expected}: read them again`);
  const fields = { late_after_days: contracts.LATE_AFTER_DAYS, ...changes };
  return viewOf(await addRow(work, Settings, fields, contracts.settingsChanged));
});
