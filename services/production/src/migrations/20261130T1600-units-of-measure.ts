import { messagePolicy, sqlMigration } from '@plantops/persistence';

/** Other units of products, what was given in them, and the products whose rows must be converted again. */
export const unitsOfMeasure = sqlMigration(
  '20261130T1600-units-of-measure',
  `
  alter table product add column units jsonb not null default '[]';
  alter table unit_count
    add column given_good numeric(24,6), add column given_reject numeric(24,6), add column given_unit text;
  alter table scrap_event
    add column given_quantity numeric(24,6), add column given_unit text, add column given_unit_cost numeric(16,6);
  alter table batch add column given jsonb not null default '{}';
  create index batch_given on batch (tenant_id, product_id, id) where given <> '{}';
  create index unit_count_given on unit_count (tenant_id, product_id, id) where given_unit is not null;
  create index scrap_event_given on scrap_event (tenant_id, product_id, id) where given_unit is not null;

  create table unit_correction (
    tenant_id text not null,
    product_id uuid not null,
    actor text not null,
    after_scrap uuid,
    after_count uuid,
    after_batch uuid,
    primary key (tenant_id, product_id),
    foreign key (tenant_id, product_id) references product (tenant_id, id)
  );
  ${messagePolicy('unit_correction')}
  `,
);
