import { commandTables, deadLetterTable, historyTable, sqlMigration } from '@plantops/persistence';

export const extendProduction = sqlMigration(
  '20261122T2000-extend-production',
  `
  alter table plant add column calendars jsonb not null default '[]';
  alter table product add column rates jsonb not null default '[]';
  alter table unit_count add column voided_at timestamptz, add column void_reason text;
  create index batch_product on batch (tenant_id, product_id, created_at, id) where product_id is not null;
  create index batch_status on batch (tenant_id, status, created_at, id);
  create index batch_number on batch (tenant_id, batch_number);
  create index scrap_event_batch on scrap_event (tenant_id, batch_id, at, id) where batch_id is not null;
  create index scrap_event_product on scrap_event (tenant_id, product_id, at, id) where product_id is not null;
  create index batch_started on batch (tenant_id, line_id, started_at) where started_at is not null;
  create index unit_count_line on unit_count (tenant_id, line_id, at);
  create index line_plant on line (tenant_id, plant_id);

  ${commandTables}
  ${deadLetterTable}
  ${historyTable}
  `,
);
