import { sqlMigration } from '@plantops/persistence';

/**
 * One index of open stops serves their list and the figures: it leaves out voided ones without reading their rows. The
 * batches of a line are found by their end.
 */
export const dropIndexes = sqlMigration(
  '20261130T0900-drop-indexes',
  `
  drop index downtime_open;
  drop index downtime_listed_open;
  create index downtime_open on downtime (tenant_id, start_time, id, voided_at) where status = 'open';
  drop index batch_line;
  `,
);
