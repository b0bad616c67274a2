import { messagePolicy, sqlMigration, tenantPolicy } from '@plantops/persistence';

/** When lines sent events and counted units: units end a stop, and a line that sends nothing is silent. */
export const noteActivity = sqlMigration(
  '20261130T1800-note-activity',
  `
  alter table downtime add column is_end_assumed boolean not null default false;
  alter table downtime drop constraint downtime_source_check,
    add constraint downtime_source_check check (source in ('manual', 'event', 'silence')) not valid;

  -- One row for each minute in which a line sent an event.
  create table line_activity (
    tenant_id text not null,
    line_code text not null,
    minute timestamptz not null,
    first_at timestamptz not null,
    last_at timestamptz not null,
    -- When good units were counted, milliseconds after the minute.
    units integer[] not null,
    -- Readings of the counter of good units: milliseconds after the minute, and the total.
    totals jsonb,
    has_units boolean not null,
    primary key (tenant_id, line_code, minute)
  );
  create index line_activity_units on line_activity (tenant_id, line_code, minute) where has_units;
  create index line_activity_totals on line_activity (tenant_id, line_code, minute) where totals is not null;
  ${tenantPolicy('line_activity')}

  -- Lines that may fall silent (silence_seconds): the last event, and when to look whether that was long ago.
  create table line_pulse (
    tenant_id text not null,
    line_id uuid not null,
    last_at timestamptz not null,
    silence interval not null,
    due_at timestamptz not null,
    primary key (tenant_id, line_id)
  );
  create index line_pulse_due on line_pulse (due_at);
  ${messagePolicy('line_pulse')}

  -- The times in which something has changed of a line that may fall silent.
  create table silence_look (
    id bigint generated always as identity primary key,
    tenant_id text not null,
    line_id uuid not null,
    since timestamptz not null,
    until timestamptz not null,
    due_at timestamptz not null
  );
  create index silence_look_due on silence_look (due_at);
  ${messagePolicy('silence_look')}
  create index downtime_silence on downtime (tenant_id, line_id, start_time) where source = 'silence';
  `,
);
