import {
  commandTables,
  deadLetterTable,
  historyTable,
  rowColumns,
  sqlMigration,
  tenantPolicy,
} from '@plantops/persistence';

export const extendDowntimes = sqlMigration(
  '20261122T2000-extend-downtimes',
  `
  alter table downtime
    add column origin_id uuid,
    add column is_excluded boolean not null default false,
    add column is_failure boolean not null default false,
    add column is_unavoidable boolean not null default false,
    add column is_overlapping boolean not null default false;
  update downtime set is_failure = reason_category in ('mechanical', 'electrical', 'controls'), is_unavoidable = reason_category in ('changeover', 'safety', 'utilities');

  -- What line systems report may overlap; it is kept and marked. Of all that is not marked, no two may hold a line at the same time.
  update downtime d set is_overlapping = true where voided_at is null and exists (
    select from downtime o where o.tenant_id = d.tenant_id and o.line_id = d.line_id and o.voided_at is null and (o.start_time, o.id) < (d.start_time, d.id)
      and tstzrange(o.start_time, o.end_time) && tstzrange(d.start_time, d.end_time));
  alter table downtime add constraint downtime_overlap
    exclude using gist (tenant_id with =, line_id with =, tstzrange(start_time, end_time) with &&, (case when not is_overlapping then '' end) with =) where (voided_at is null);
  drop index downtime_time;
  create index downtime_listed_open on downtime (tenant_id, start_time, id) where status = 'open';
  create index downtime_planned on downtime (tenant_id, start_time, id) where is_planned;
  create index downtime_origin on downtime (tenant_id, origin_id) where origin_id is not null;
  create index downtime_category on downtime (tenant_id, reason_category, start_time, id);
  create index downtime_batch on downtime (tenant_id, batch_id, start_time, id) where batch_id is not null;
  create index downtime_reason on downtime (tenant_id, reason_code, start_time, id) where reason_code is not null;

  create table reason (
    ${rowColumns},
    code text not null,
    name text not null,
    category text not null,
    parent_code text,
    is_planned boolean not null,
    is_failure boolean not null,
    is_excluded boolean not null,
    is_unavoidable boolean not null,
    is_active boolean not null,
    unique (tenant_id, code)
  );
  create index reason_created on reason (tenant_id, created_at, id);
  ${tenantPolicy('reason')}

  ${commandTables}
  ${deadLetterTable}
  ${historyTable}
  `,
);
