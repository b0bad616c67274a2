import { sqlMigration } from '@plantops/persistence';

/** Counts are listed by their batch: those of no batch are in no such list. */
export const narrowCounts = sqlMigration(
  '20261130T0900-narrow-counts',
  `
  drop index unit_count_batch;
  create index unit_count_batch on unit_count (tenant_id, batch_id, at, id) where batch_id is not null;
  `,
);
