import { sqlMigration } from '@plantops/persistence';

/** Stops that overlap others are few: those of a line are found without reading its other stops. */
export const findOverlapping = sqlMigration(
  '20261130T0900-find-overlapping',
  'create index downtime_overlapping on downtime (tenant_id, line_id, start_time) where is_overlapping;',
);
