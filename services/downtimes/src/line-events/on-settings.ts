import type { CloudEvent, SettingsRow } from '@plantops/contracts';
import { rememberMaster, type Tx } from '@plantops/persistence';

/** The code of the copied row: a tenant has one. */
export const SETTINGS = 'settings';

/** A setting of the tenant changed: copies the row. */
export const onSettings = () => (events: readonly CloudEvent<SettingsRow>[], tx: Tx) =>
  rememberMaster(
    tx,
    events.map((event) => ({ ...event, data: { ...event.data, code: SETTINGS } })),
  );
