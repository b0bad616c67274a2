import { sqlMigration, tenantPolicy } from '@plantops/persistence';

/**
 * A stop that is derived from states again keeps its id, and what people said of it keeps its time. What people had
 * said before is found by comparing each stop with what was derived last.
 */
export const keepWords = sqlMigration(
  '20261130T1500-keep-words',
  `
  alter table downtime add column reason_source text;
  -- For the order of reports of one instant: until now their ids had the sequence, in its 32 bits.
  alter table state_report add column seq bigint, add column event_id text;
  update state_report r
  set seq = b.h << 28 | b.g << 20 | b.f << 14 | b.e << 6 | b.d
  from (
    select tenant_id, line_id, at, id,
      (get_byte(bytes, 6) & 15)::bigint as h, get_byte(bytes, 7)::bigint as g, (get_byte(bytes, 8) & 63)::bigint as f,
      get_byte(bytes, 9)::bigint as e, (get_byte(bytes, 10) >> 2)::bigint as d
    from (select *, decode(replace(id::text, '-', ''), 'hex') as bytes from state_report) with_bytes) b
  where (r.tenant_id, r.line_id, r.at, r.id) = (b.tenant_id, b.line_id, b.at, b.id);

  -- decided: the time that a person gave, split or voided; decided_to null: to the end of the part.
  alter table state_stop
    add column first_from timestamptz,
    add column decided_from timestamptz,
    add column decided_to timestamptz;
  create index state_stop_downtime on state_stop (tenant_id, downtime_id);
  create index state_stop_decided on state_stop (tenant_id, line_id, decided_to) where decided_from is not null;

  create table stop_word (
    id bigint generated always as identity primary key,
    tenant_id text not null,
    line_id uuid not null,
    downtime_id uuid not null,
    "from" timestamptz not null,
    "to" timestamptz not null,
    said jsonb not null
  );
  create index stop_word_time on stop_word (tenant_id, line_id, "to");
  ${tenantPolicy('stop_word')}

  update state_stop s
  set decided_from = least(s.derived_from, d.start_time),
    decided_to = case when s.derived_to is null and d.voided_at is not null then null else greatest(s.derived_to, d.end_time) end
  from downtime d
  where d.id = s.downtime_id
    and (d.voided_at is not null or d.origin_id is not null or (d.start_time, d.end_time) is distinct from (s.derived_from, s.derived_to));
  insert into stop_word (tenant_id, line_id, downtime_id, "from", "to", said)
  select s.tenant_id, s.line_id, d.id, d.start_time, greatest(coalesce(d.end_time, now()), d.start_time + interval '1 millisecond'),
    (case when d.reason_category <> s.derived_category
      then jsonb_build_object('reason_category', d.reason_category, 'reason_code', d.reason_code, 'is_planned', d.is_planned) else '{}' end)
    || jsonb_strip_nulls(jsonb_build_object('description', d.description, 'root_cause', d.root_cause, 'resolution', d.resolution,
      'acknowledged_by', d.acknowledged_by, 'acknowledged_at', to_char(d.acknowledged_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')))
  from state_stop s
  join downtime d on d.id = s.downtime_id
  where d.voided_at is null and (d.reason_category <> s.derived_category or d.description is not null
    or d.root_cause is not null or d.resolution is not null or d.acknowledged_at is not null);
  `,
);
