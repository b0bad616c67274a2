import {
  commandTables,
  deadLetterTable,
  historyTable,
  masterTable,
  messageTables,
  rejectionTable,
  rowColumns,
  sqlMigration,
  tenantPolicy,
} from '@plantops/persistence';

export const createSensors = sqlMigration(
  '20261122T2000-create-sensors',
  `
  create table sensor (
    ${rowColumns},
    code text not null,
    line_id uuid not null,
    line_code text not null,
    name text not null,
    unit text not null,
    kind text not null,
    low_limit double precision,
    high_limit double precision,
    check (low_limit < high_limit),
    -- The address in a subject. A line keeps its code for ever, so this is also once a line.
    unique (tenant_id, line_code, code)
  );
  create index sensor_created on sensor (tenant_id, created_at, id);
  create index sensor_line on sensor (tenant_id, line_id, created_at, id);
  create index sensor_code on sensor (tenant_id, code, created_at, id);
  create index sensor_kind on sensor (tenant_id, kind, created_at, id);
  ${tenantPolicy('sensor')}

  -- Beside the sensor, so that a reading does not change its version. Its row is the lock of everybody who stores readings of the sensor.
  create table sensor_state (
    tenant_id text not null,
    sensor_id uuid not null,
    last_at timestamptz,
    last_value double precision,
    breached_side text check (breached_side in ('low', 'high')),
    breached_since timestamptz,
    breached_limit double precision,
    breached_value double precision,
    primary key (tenant_id, sensor_id)
  ) with (fillfactor = 70);
  create index sensor_state_breached on sensor_state (tenant_id, breached_since) where breached_side is not null;
  ${tenantPolicy('sensor_state')}

  create table reading (
    sensor_id uuid not null,
    at timestamptz not null,
    value double precision not null,
    quality text not null,
    tenant_id text not null,
    primary key (tenant_id, sensor_id, at)
  ) partition by range (at);
  ${tenantPolicy('reading')}

  -- The service's role owns no tables: it asks for the partition of a month. Attached, not created in place, so that nobody who reads or
  -- writes readings waits for it. The wall of the parent does not stand before a partition that is named itself: each gets its own.
  create function ensure_reading_partition(month date) returns void language plpgsql security definer
    set search_path = public, pg_temp set timezone = 'UTC' as $function$
  declare
    first date := date_trunc('month', month);
    partition text := 'reading_' || to_char(first, 'YYYY_MM');
  begin
    if first is null or first < '2000-01-01' or first > '2099-12-01' then
      raise exception 'there are readings of the years 2000 to 2099 only, not of %', month;
    end if;
    if to_regclass(partition) is not null then return; end if;
    perform pg_advisory_xact_lock(hashtextextended('ensure_reading_partition', 0));
    -- Read from the catalog itself: what was looked up a moment ago may be remembered as missing.
    if exists (select from pg_class where relname = partition and relnamespace = 'public'::regnamespace) then return; end if;
    execute format('create table %I (like reading including all)', partition);
    execute format('alter table %I enable row level security', partition);
    execute format('create policy tenant_wall on %I using (tenant_id = current_setting(''app.tenant_id'', true)) with check (tenant_id = current_setting(''app.tenant_id'', true))', partition);
    execute format('alter table reading attach partition %I for values from (%L) to (%L)', partition, first, (first + interval '1 month')::date);
  end $function$;

  -- Under the scope '*', which is no tenant's name, housekeeping finds the tenants that have some.
  create table waiting_reading (
    tenant_id text not null,
    line_code text not null,
    sensor_code text not null,
    at timestamptz not null,
    value double precision not null,
    quality text not null,
    received_at timestamptz not null,
    primary key (tenant_id, line_code, sensor_code, at)
  );
  create index waiting_reading_age on waiting_reading (tenant_id, received_at);
  alter table waiting_reading enable row level security;
  create policy tenant_wall on waiting_reading
    using (tenant_id = current_setting('app.tenant_id', true) or current_setting('app.tenant_id', true) = '*')
    with check (tenant_id = current_setting('app.tenant_id', true));

  ${rejectionTable}

  ${masterTable}
  ${messageTables}
  ${commandTables}
  ${deadLetterTable}
  ${historyTable}
  `,
);
