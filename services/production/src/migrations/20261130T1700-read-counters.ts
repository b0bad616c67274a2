import { messagePolicy, sqlMigration, tenantPolicy } from '@plantops/persistence';

/** Readings of counters, as they came, and the settings of lines that say what they mean. */
export const readCounters = sqlMigration(
  '20261130T1700-read-counters',
  `
  alter table line
    add column counter_modulus numeric(24,6),
    add column units_per_pulse numeric(24,6) not null default 1,
    add column count_basis text not null default 'good';

  create table counter_reading (
    tenant_id text not null,
    id uuid not null,
    line_id uuid not null,
    counter text not null,
    at timestamptz not null,
    total numeric(24,6) not null,
    seq float8 not null,
    event_id text not null,
    actor text not null,
    batch_number text,
    product_id uuid,
    unit text,
    primary key (tenant_id, line_id, counter, at),
    foreign key (tenant_id, line_id) references line (tenant_id, id)
  );
  ${tenantPolicy('counter_reading')}

  create table counter_correction (
    tenant_id text not null,
    line_id uuid not null,
    counter text not null,
    actor text not null,
    after timestamptz not null,
    primary key (tenant_id, line_id, counter),
    foreign key (tenant_id, line_id) references line (tenant_id, id)
  );
  ${messagePolicy('counter_correction')}
  `,
);
