import { lineEventTables, messageTables, rowColumns, sqlMigration, tenantPolicy } from '@plantops/persistence';

export const createProduction = sqlMigration(
  '20261122T0900-create-production',
  `
  create table plant (
    ${rowColumns},
    code text not null,
    name text not null,
    timezone text not null,
    address text,
    unique (tenant_id, id),
    unique (tenant_id, code)
  );
  create index plant_created on plant (tenant_id, created_at, id);
  ${tenantPolicy('plant')}

  create table line (
    ${rowColumns},
    code text not null,
    plant_id uuid not null,
    name text not null,
    is_active boolean not null,
    hourly_cost numeric(18,4) not null,
    ideal_cycle_seconds numeric(24,6) not null,
    target_oee numeric(5,4),
    micro_stop_seconds integer not null,
    versions jsonb not null,
    unique (tenant_id, id),
    unique (tenant_id, code),
    -- With the tenant in the key no row can point over the wall: foreign keys are checked without row level security.
    foreign key (tenant_id, plant_id) references plant (tenant_id, id)
  );
  create index line_created on line (tenant_id, created_at, id);
  ${tenantPolicy('line')}

  create table product (
    ${rowColumns},
    code text not null,
    name text not null,
    unit text not null,
    unit_cost numeric(18,4) not null,
    salvage_value numeric(18,4) not null,
    cost_basis text not null check (cost_basis in ('full', 'material')),
    material_cost numeric(18,4),
    versions jsonb not null,
    unique (tenant_id, id),
    unique (tenant_id, code)
  );
  create index product_created on product (tenant_id, created_at, id);
  ${tenantPolicy('product')}

  create table batch (
    ${rowColumns},
    batch_number text not null,
    line_id uuid not null,
    product_id uuid,
    planned_quantity numeric(24,6),
    planned_start timestamptz,
    planned_end timestamptz,
    status text not null check (status in ('planned', 'running', 'completed', 'cancelled')),
    started_at timestamptz,
    completed_at timestamptz,
    cancelled_at timestamptz,
    cancellation_reason text,
    good_count numeric(24,6),
    scrap_count numeric(24,6),
    startup_scrap_count numeric(24,6),
    rework_count numeric(24,6),
    material_input numeric(24,6),
    operator text,
    notes text,
    unique (tenant_id, id),
    unique (tenant_id, line_id, batch_number),
    check (completed_at > started_at),
    foreign key (tenant_id, line_id) references line (tenant_id, id),
    foreign key (tenant_id, product_id) references product (tenant_id, id)
  );
  create index batch_created on batch (tenant_id, created_at, id);
  create index batch_line on batch (tenant_id, line_id, created_at, id);
  create index batch_running on batch (tenant_id, line_id) where status = 'running';
  ${tenantPolicy('batch')}

  create table unit_count (
    ${rowColumns},
    line_id uuid not null,
    batch_id uuid,
    batch_number text,
    product_id uuid,
    at timestamptz not null,
    good numeric(24,6) not null check (good >= 0),
    reject numeric(24,6) not null check (reject >= 0),
    foreign key (tenant_id, line_id) references line (tenant_id, id),
    foreign key (tenant_id, batch_id) references batch (tenant_id, id),
    foreign key (tenant_id, product_id) references product (tenant_id, id)
  );
  create index unit_count_batch on unit_count (tenant_id, batch_id, at, id);
  create index unit_count_unlinked on unit_count (tenant_id, line_id, batch_number) where batch_id is null and batch_number is not null;
  ${tenantPolicy('unit_count')}

  create table scrap_event (
    ${rowColumns},
    line_id uuid not null,
    batch_id uuid,
    batch_number text,
    product_id uuid,
    at timestamptz not null,
    quantity numeric(24,6) not null check (quantity > 0),
    unit text not null,
    reason_code text,
    reason_category text,
    disposition text not null check (disposition in ('scrap', 'rework', 'downgrade')),
    phase text not null check (phase in ('production', 'startup')),
    unit_cost numeric(18,4),
    reported_by text,
    note text,
    voided_at timestamptz,
    void_reason text,
    foreign key (tenant_id, line_id) references line (tenant_id, id),
    foreign key (tenant_id, batch_id) references batch (tenant_id, id),
    foreign key (tenant_id, product_id) references product (tenant_id, id)
  );
  create index scrap_event_at on scrap_event (tenant_id, at, id);
  create index scrap_event_line on scrap_event (tenant_id, line_id, at, id);
  create index scrap_event_unlinked on scrap_event (tenant_id, line_id, batch_number) where batch_id is null and batch_number is not null;
  ${tenantPolicy('scrap_event')}

  ${messageTables}
  ${lineEventTables}
  `,
);
