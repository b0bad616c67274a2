import { sqlMigration } from '@plantops/persistence';

/** When a batch had the line, as production announces it; null: from its start to its end. */
export const runBatches = sqlMigration('20261130T1800-run-batches', 'alter table batch add column runs jsonb;');
