import { sqlMigration, tenantPolicy } from '@plantops/persistence';

export const keepSums = sqlMigration(
  '20261123T0000-keep-sums',
  `
  -- The cells of the ladder of local days that are over: figures of long windows add these up and read no facts.
  -- What touches a day takes its cells away; who asks for it next keeps them again.
  create table line_cell (
    tenant_id text not null,
    line_id uuid not null,
    local_date date not null,
    shift_key text,
    batch_id uuid,
    product_id uuid,
    business_date date not null,
    calendar_ms bigint not null,
    pot_ms bigint not null,
    pbt_ms bigint not null,
    apt_ms bigint not null,
    planned_stop_ms bigint not null,
    unplanned_stop_ms bigint not null,
    changeover_ms bigint not null,
    delay_ms bigint not null,
    ramp_up_ms bigint not null,
    micro_stop_ms bigint not null,
    excluded_ms bigint not null,
    unassigned_ms bigint not null,
    uncounted_ms bigint not null,
    ideal_total_ms numeric not null,
    ideal_good_ms numeric not null,
    total_count numeric not null,
    good_count numeric not null,
    scrap_count numeric not null,
    startup_scrap_count numeric not null,
    rework_count numeric not null,
    unplaced_count numeric not null,
    flags text not null,
    unique nulls not distinct (tenant_id, line_id, local_date, shift_key, batch_id)
  );
  ${tenantPolicy('line_cell')}

  -- Days are kept ahead of questions, for all tenants by the service itself.
  drop policy tenant_wall on line_revision;
  create policy tenant_wall on line_revision
    using (tenant_id = current_setting('app.tenant_id', true) or current_setting('app.tenant_id', true) = '*') with check (tenant_id = current_setting('app.tenant_id', true));
  insert into line_revision (tenant_id, line_id, revision)
    select distinct tenant_id, line_id, 1 from fact union select distinct tenant_id, '00000000-0000-0000-0000-000000000000'::uuid, 1 from master on conflict do nothing;

  -- What the ledger adds up to by the plant's local day and month: of each line (and product, source and rule), and of the plant as a whole.
  create table leak_sum (
    tenant_id text not null,
    plant_id uuid not null,
    grain text not null check (grain in ('day', 'month')),
    -- null: all lines of the plant
    line_id uuid,
    began date not null,
    -- of days: a shift belongs to the day it starts on
    business_date date,
    category text not null,
    source_type text,
    rule text,
    product_id uuid,
    amount numeric not null,
    -- what of it could have been avoided, as people have said last
    avoidable numeric not null,
    count bigint not null,
    constraint leak_sum_key unique nulls not distinct (tenant_id, plant_id, grain, line_id, began, business_date, category, source_type, rule, product_id)
  );
  create index leak_sum_lines on leak_sum (tenant_id, plant_id, grain, began) where line_id is not null;
  ${tenantPolicy('leak_sum')}
  insert into leak_sum
    with t as (
      select t.*, (t.occurred_from at time zone coalesce(p.data->>'timezone', 'UTC'))::date as local_date, coalesce(a.is_avoidable, t.is_avoidable) as avoids
      from money_leak t left join master p on p.tenant_id = t.tenant_id and p.kind = 'plant' and p.id = t.plant_id
      left join money_leak_action a on a.money_leak_id = coalesce(t.reverses_id, t.id))
    select t.tenant_id, t.plant_id, g.grain, case when g.of_line then t.line_id end, case g.grain when 'day' then t.local_date else date_trunc('month', t.local_date)::date end,
      case when g.grain = 'day' then t.business_date end, t.category, case when g.of_line then t.source_type end, case when g.of_line then t.rule end, case when g.of_line then t.product_id end,
      sum(t.amount), coalesce(sum(t.amount) filter (where t.avoids), 0), sum(case when t.reverses_id is null then 1 else -1 end)
    from t cross join (values ('day', true), ('month', true), ('day', false), ('month', false)) as g(grain, of_line) group by 1, 2, 3, 4, 5, 6, 7, 8, 9, 10;
  -- Reports as they were known at an instant leave out what was recorded after it: what was recorded long after it occurred is found by this.
  create index money_leak_late on money_leak (tenant_id, plant_id, recorded_at) where recorded_at - occurred_from > interval '48 hours';
  create index money_leak_plant on money_leak (tenant_id, plant_id, occurred_from);
  `,
);
