import { sqlMigration, tenantPolicy } from '@plantops/persistence';

/**
 * A stop that is derived from states again keeps its id, and what people said of it keeps its time. What people had
 * said before is found by comparing each stop with what was derived last.
 */
export const keepWords = sqlMigration(
  '20261130T1500-keep-words',
  `
  alter table downtime add column reason_source text;
  -- For the order of reports of one instant; the ids of older reports have the sequence in their bits.
  alter table state_report add column seq bigint, add column event_id text;

  -- What people gave: an end of a stop (given), or all of its time (is_fixed), which is taken.
  alter table state_stop
    add column first_from timestamptz,
    add column given_from timestamptz,
    add column given_to timestamptz,
    add column is_fixed boolean not null default false,
    add column takes_rest boolean not null default false,
    add column taken_from timestamptz,
    add column taken_to timestamptz;
  create index state_stop_downtime on state_stop (tenant_id, downtime_id);
  create index state_stop_taken on state_stop (tenant_id, line_id, taken_to) where taken_from is not null;

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
  create index stop_word_row on stop_word (tenant_id, downtime_id);
  ${tenantPolicy('stop_word')}

  update state_stop s
  set given_from = case when d.start_time <> s.derived_from then d.start_time end,
    given_to = case when d.end_time <> coalesce(s.derived_to, 'infinity') then d.end_time end,
    is_fixed = d.voided_at is not null or d.origin_id is not null
      or (d.start_time <> s.derived_from and coalesce(d.end_time <> coalesce(s.derived_to, 'infinity'), false)),
    takes_rest = d.end_time is null or s.derived_to is null,
    taken_from = least(s.derived_from, d.start_time),
    taken_to = case
      when d.voided_at is not null then greatest(s.derived_to, d.end_time, d.voided_at)
      else coalesce(greatest(s.derived_to, d.end_time), 'infinity') end
  from downtime d
  where d.id = s.downtime_id
    and (d.voided_at is not null or d.origin_id is not null or d.start_time <> s.derived_from
      or d.end_time <> coalesce(s.derived_to, 'infinity'));
  insert into state_stop (tenant_id, line_id, key, downtime_id, derived_from, derived_to, derived_category, first_from,
    is_fixed, taken_from, taken_to)
  select d.tenant_id, d.line_id, d.id, d.id, s.derived_from, s.derived_to, s.derived_category, d.start_time,
    true, d.start_time, coalesce(d.end_time, 'infinity')
  from downtime d
  join state_stop s on s.tenant_id = d.tenant_id and s.downtime_id = d.origin_id
  where d.id <> d.origin_id and d.voided_at is null
    and not exists (select from state_stop o where o.tenant_id = d.tenant_id and o.downtime_id = d.id);
  -- A reason that differs from what the states said, and all that a person changed last, is what a person said.
  insert into stop_word (tenant_id, line_id, downtime_id, "from", "to", said)
  select s.tenant_id, s.line_id, d.id, d.start_time, greatest(coalesce(d.end_time, now()), d.start_time + interval '1 millisecond'),
    (case when d.reason_category <> s.derived_category or d.updated_by not like 'line:%'
        or d.reason_code is not null and not exists (
          select from state_report r
          where r.tenant_id = s.tenant_id and r.line_id = s.line_id and r.reason_code = d.reason_code
            and r.at >= s.derived_from and r.at < coalesce(s.derived_to, 'infinity'))
      then jsonb_build_object('reason_category', d.reason_category, 'reason_code', d.reason_code, 'is_planned', d.is_planned)
      else '{}' end)
    || jsonb_strip_nulls(jsonb_build_object('description', d.description, 'root_cause', d.root_cause, 'resolution', d.resolution,
      'acknowledged_by', d.acknowledged_by, 'acknowledged_at', to_char(d.acknowledged_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')))
  from state_stop s
  join downtime d on d.id = s.downtime_id
  where d.voided_at is null;
  delete from stop_word where said = '{}';
  `,
);
