/** What a tenant decides for all its plants. */
import { z } from 'zod';
import { eventsOf, operationsOf } from '../contract.ts';
import { rowFields } from '../fields.ts';
import { id, instant } from '../values.ts';

const { reads, writes } = operationsOf('production');
const { master } = eventsOf('production');

export const LATE_AFTER_DAYS = 35;
/** As many as lie between the earliest and the latest instant: nothing is ever too old. */
const MOST_DAYS = 36_525;

const lateAfterDays = z
  .int()
  .min(1, 'must be at least 1 day')
  .max(MOST_DAYS, `must be at most ${MOST_DAYS} days`)
  .describe(
    `Line events that happened more than so many days before they arrived wait, unless they say "backfill": true. Days; default ${LATE_AFTER_DAYS}.`,
  );

export const settingsRow = z.object({ ...rowFields, late_after_days: lateAfterDays }).meta({ id: 'Settings' });
export type SettingsRow = z.infer<typeof settingsRow>;

export const settingsView = z
  .object({
    id: id.nullable().describe('UUID of the row; null: nobody has changed a setting yet.'),
    version: z.int().describe('Counts the changes; 0: nobody has changed a setting yet.'),
    updated_at: instant.nullable().describe('When a setting was changed last; null: never.'),
    updated_by: z.string().nullable().describe('Who changed a setting last; null: nobody.'),
    late_after_days: lateAfterDays,
  })
  .meta({ id: 'SettingsView' });

export const getSettings = reads({
  name: 'get-settings',
  role: 'viewer',
  summary: 'The settings of the tenant',
  input: z.strictObject({}),
  output: settingsView,
});
export const setSettings = writes({
  name: 'set-settings',
  role: 'admin',
  summary: 'Change the settings named',
  input: z.strictObject({ late_after_days: lateAfterDays.optional() }),
  output: settingsView,
  problems: ['stale_version'],
});
export const settingsChanged = master('settings.changed', settingsRow, 'A setting of the tenant changed');
