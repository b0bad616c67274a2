import {
  lineEventTables,
  masterTable,
  messageTables,
  overlapFunction,
  rowColumns,
  sqlMigration,
  tenantPolicy,
} from '@plantops/persistence';

export const createDowntimes = sqlMigration(
  '20261122T0900-create-downtimes',
  `
  create table downtime (
    ${rowColumns},
    line_id uuid not null,
    batch_id uuid,
    batch_number text,
    start_time timestamptz not null,
    end_time timestamptz,
    duration_minutes numeric(24,6),
    status text not null check (status in ('open', 'ended')),
    reason_category text not null,
    reason_code text,
    description text,
    root_cause text,
    resolution text,
    is_planned boolean not null,
    is_micro_stop boolean not null,
    phase text not null check (phase in ('production', 'startup')),
    units_lost numeric(24,6),
    reported_by text,
    acknowledged_by text,
    acknowledged_at timestamptz,
    resolved_by text,
    response_time_minutes numeric(24,6),
    source text not null check (source in ('manual', 'event')),
    external_id text,
    voided_at timestamptz,
    void_reason text,
    check (end_time > start_time),
    check ((status = 'open') = (end_time is null))
  );
  create index downtime_start on downtime (tenant_id, start_time, id);
  create index downtime_created on downtime (tenant_id, created_at, id);
  create index downtime_line on downtime (tenant_id, line_id, start_time, id);
  create index downtime_open on downtime (tenant_id, line_id) where status = 'open' and voided_at is null;
  create unique index downtime_external on downtime (tenant_id, line_id, external_id) where external_id is not null;
  create index downtime_unlinked on downtime (tenant_id, line_id, batch_number) where batch_id is null and batch_number is not null;
  -- Overlap is looked for by range: stops of any length are found by one index.
  create index downtime_time on downtime using gist (tenant_id, line_id, tstzrange(start_time, end_time)) where voided_at is null;
  ${tenantPolicy('downtime')}
  ${overlapFunction({ name: 'stops_over', table: 'downtime', span: 'tstzrange(start_time, end_time)', where: 'voided_at is null' })}

  create table downtime_cost (
    downtime_id uuid primary key,
    tenant_id text not null,
    amount numeric(30,4) not null
  );
  ${tenantPolicy('downtime_cost')}

  -- What a line system has told of a stop by its start and by its end, as they came.
  create table reported_stop (
    downtime_id uuid primary key,
    tenant_id text not null,
    started jsonb,
    ended jsonb
  );
  ${tenantPolicy('reported_stop')}

  create table state_report (
    tenant_id text not null,
    line_id uuid not null,
    at timestamptz not null,
    id uuid not null,
    state text not null,
    reason_code text,
    primary key (tenant_id, line_id, at, id)
  );
  create index state_report_running on state_report (tenant_id, line_id, at) where state = 'running';
  ${tenantPolicy('state_report')}

  -- Stops that the line's own states opened, with the times and the reason last derived from them.
  create table state_stop (
    tenant_id text not null,
    line_id uuid not null,
    key text not null,
    downtime_id uuid not null,
    derived_from timestamptz not null,
    derived_to timestamptz,
    derived_category text not null,
    primary key (tenant_id, line_id, key)
  );
  create index state_stop_time on state_stop (tenant_id, line_id, derived_from);
  ${tenantPolicy('state_stop')}

  create table batch (
    id uuid primary key,
    tenant_id text not null,
    version integer not null,
    line_id uuid not null,
    batch_number text not null,
    started_at timestamptz not null,
    ended_at timestamptz
  );
  create index batch_line on batch (tenant_id, line_id, started_at);
  create index batch_number on batch (tenant_id, line_id, batch_number);
  ${tenantPolicy('batch')}

  ${masterTable}
  ${messageTables}
  ${lineEventTables}
  `,
);
