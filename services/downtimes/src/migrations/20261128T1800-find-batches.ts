import { sqlMigration } from '@plantops/persistence';

/** The batches of a line that last into a time, without those that were over before it. */
export const findBatches = sqlMigration(
  '20261128T1800-find-batches',
  'create index batch_lasting on batch (tenant_id, line_id, ended_at);',
);
