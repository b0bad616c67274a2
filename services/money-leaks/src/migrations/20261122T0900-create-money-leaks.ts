import { masterTable, messageTables, overlapFunction, sqlMigration, tenantPolicy } from '@plantops/persistence';

export const createMoneyLeaks = sqlMigration(
  '20261122T0900-create-money-leaks',
  `
  -- What has been announced about the lines: the newest version of each stop, batch, count, scrap event, state report and trial.
  create table fact (
    tenant_id text not null,
    kind text not null check (kind in ('stop', 'batch', 'count', 'scrap', 'state', 'trial')),
    id uuid not null,
    version integer not null,
    line_id uuid not null,
    batch_id uuid,
    batch_number text,
    product_id uuid,
    began timestamptz not null,
    -- null: it still lasts
    ended timestamptz,
    data jsonb not null,
    primary key (tenant_id, kind, id)
  );
  -- Spans (stops, batches) are found by overlap, whatever their length; points by their instant.
  create index fact_span on fact using gist (tenant_id, line_id, tstzrange(began, ended)) where kind in ('stop', 'batch');
  create index fact_point on fact (tenant_id, line_id, kind, began) where kind in ('count', 'scrap', 'state');
  create index fact_batch on fact (tenant_id, batch_id) where kind = 'trial';
  -- Units are also found by the batch they name, which their own time may lie outside of.
  create index fact_units on fact (tenant_id, batch_id) where kind in ('count', 'scrap') and batch_id is not null;
  create index fact_units_unlinked on fact (tenant_id, line_id, batch_number) where kind in ('count', 'scrap') and batch_id is null and batch_number is not null;
  create index fact_batch_number on fact (tenant_id, line_id, batch_number) where kind = 'batch';
  create index fact_product on fact (tenant_id, product_id, line_id) where product_id is not null and kind in ('batch', 'scrap');
  ${tenantPolicy('fact')}
  ${overlapFunction({ name: 'spans_over', table: 'fact', span: 'tstzrange(began, ended)', where: "kind in ('stop', 'batch')" })}

  -- The ledger. It only grows: a correction is a reversal and a new posting.
  create table money_leak (
    id uuid primary key,
    tenant_id text not null,
    line_id uuid not null,
    plant_id uuid not null,
    batch_id uuid,
    product_id uuid,
    category text not null check (category in ('scrap_loss', 'downtime_loss', 'speed_loss', 'yield_loss', 'quality_loss', 'changeover_loss', 'startup_loss')),
    amount numeric(30,4) not null,
    quantity numeric(24,6),
    unit_cost numeric(24,6),
    time_ms numeric(24,6),
    hourly_cost numeric(18,4),
    occurred_from timestamptz not null,
    occurred_to timestamptz not null,
    business_date date not null,
    is_avoidable boolean not null,
    description text,
    source_type text not null check (source_type in ('downtime', 'scrap', 'batch', 'manual')),
    source_id uuid not null,
    cause_event_id uuid not null,
    rule text not null,
    rule_version integer not null,
    reverses_id uuid,
    recorded_at timestamptz not null,
    created_by text not null,
    -- The second line of defence behind the inbox: one event has one effect on a source under a rule.
    unique nulls not distinct (tenant_id, cause_event_id, source_id, rule, rule_version, occurred_from, batch_id, reverses_id)
  );
  create index money_leak_occurred on money_leak (tenant_id, occurred_from, id);
  create index money_leak_recorded on money_leak (tenant_id, recorded_at, id);
  create index money_leak_line on money_leak (tenant_id, line_id, occurred_from, id);
  create index money_leak_source on money_leak (tenant_id, source_id);
  -- A row is reversed once.
  create unique index money_leak_reverses on money_leak (tenant_id, reverses_id) where reverses_id is not null;
  create function refuse_change() returns trigger language plpgsql as
    $$ begin raise exception 'the ledger only grows: post a reversal' using errcode = 'restrict_violation'; end $$;
  create trigger money_leak_append_only before update or delete or truncate on money_leak for each statement execute function refuse_change();
  ${tenantPolicy('money_leak')}

  ${masterTable}
  ${messageTables}
  `,
);
