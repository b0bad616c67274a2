import { LATE_AFTER_DAYS, type OutputOf, type getSettings, type SettingsRow } from '@plantops/contracts';
import { columnsOf, raw, sql, type Tx } from '@plantops/persistence';
import { Settings } from './settings.table.ts';

/** The row of the tenant; undefined until somebody changes a setting. */
export async function findSettings(tx: Tx): Promise<SettingsRow | undefined> {
  const [row] = await tx.query<SettingsRow>(sql`
    select ${raw(columnsOf(Settings))}
    from tenant_settings
    where tenant_id = ${tx.tenant}`);
  return row;
}

/** The settings as people see them: the defaults until somebody changes one. */
export function viewOf(row: SettingsRow | undefined): OutputOf<typeof getSettings> {
  if (row === undefined)
    return { id: null, version: 0, updated_at: null, updated_by: null, late_after_days: LATE_AFTER_DAYS };
  const { id, version, updated_at, updated_by, late_after_days } = row;
  return { id, version, updated_at, updated_by, late_after_days };
}
