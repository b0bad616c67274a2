import { sqlMigration } from '@plantops/persistence';

/**
 * Batches and scrap events that changed since an instant are found by the part of the table where they are. Such an
 * index is a few pages, and a write changes it only when the part is new, so it costs a write next to nothing and keeps updates in
 * place (HOT). Counts are listed by their batch.
 */
export const findChanges = sqlMigration(
  '20261130T1400-find-changes',
  `
  create index batch_updated on batch using brin (updated_at) with (pages_per_range = 32, autosummarize = on);
  create index scrap_event_updated on scrap_event
    using brin (updated_at) with (pages_per_range = 32, autosummarize = on);
  `,
);
