import { masterTable, messageTables, rowColumns, sqlMigration, tenantPolicy } from '@plantops/persistence';

export const createTrials = sqlMigration(
  '20261122T0900-create-trials',
  `
  create table trial (
    ${rowColumns},
    trial_number text not null,
    name text not null,
    description text,
    hypothesis text,
    plant_id uuid not null,
    line_id uuid not null,
    batch_id uuid,
    parameters jsonb not null,
    success_criteria jsonb not null,
    expected_outcome text,
    planned_start timestamptz,
    planned_end timestamptz,
    status text not null check (status in ('planned', 'in_progress', 'completed', 'cancelled')),
    started_at timestamptz,
    completed_at timestamptz,
    cancelled_at timestamptz,
    cancellation_reason text,
    results jsonb,
    was_successful boolean,
    observations text,
    learnings text,
    recommendations text,
    suggested_by_ai boolean not null,
    ai_suggestion_id text,
    unique (tenant_id, trial_number)
  );
  create index trial_created on trial (tenant_id, created_at, id);
  create index trial_line on trial (tenant_id, line_id, created_at, id);
  create index trial_active on trial (tenant_id, line_id) where status = 'in_progress';
  ${tenantPolicy('trial')}

  -- The last number given in each year; taking one locks its row, so numbers have no gaps and no twins.
  create table trial_number (
    tenant_id text not null,
    year integer not null,
    last integer not null,
    primary key (tenant_id, year)
  );
  ${tenantPolicy('trial_number')}

  ${masterTable}
  ${messageTables}
  `,
);
