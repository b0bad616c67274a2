import { sqlMigration } from '@plantops/persistence';

/**
 * Stops that changed since an instant are found by the part of the table where they are. Such an index is a few pages, and
 * a write changes it only when the part is new, so it costs a write next to nothing and keeps updates in place (HOT).
 */
export const findChanges = sqlMigration(
  '20261130T1400-find-changes',
  'create index downtime_updated on downtime using brin (updated_at) with (pages_per_range = 32, autosummarize = on);',
);
