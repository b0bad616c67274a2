import { LATE_AFTER_DAYS, type SettingsRow } from '@plantops/contracts';
import { masterByCode, type LineEventHandler, type Tx } from '@plantops/persistence';
import { applyLineEvents, observeLineEvents } from './apply-line-events.ts';
import { SETTINGS } from './on-settings.ts';

export async function lateAfterDays(tx: Tx): Promise<number> {
  const copies = await masterByCode<SettingsRow>(tx, 'settings', [SETTINGS]);
  return copies.get(SETTINGS)?.late_after_days ?? LATE_AFTER_DAYS;
}

/** The line events of downtimes: states, and complete stops reported by line systems. */
export const lineEventHandler: LineEventHandler = {
  service: 'downtimes',
  apply: applyLineEvents,
  observe: observeLineEvents,
  lateAfterDays,
};
