import { commandTables, deadLetterTable, historyTable, sqlMigration, tenantPolicy } from '@plantops/persistence';

export const extendMoneyLeaks = sqlMigration(
  '20261122T2000-extend-money-leaks',
  `
  -- The most units at the longest cycle that a line may have take more milliseconds than the column held.
  alter table money_leak alter column time_ms type numeric(30,6);

  -- What people say of a posting, beside the ledger: whether it could have been avoided, and what was done.
  create table money_leak_action (
    money_leak_id uuid primary key,
    tenant_id text not null,
    is_avoidable boolean,
    action_taken text,
    version integer not null,
    updated_at timestamptz not null,
    updated_by text not null
  );
  ${tenantPolicy('money_leak_action')}
  create index fact_origin on fact (tenant_id, (data->>'origin_id')) where kind = 'stop' and data->>'origin_id' is not null;

  -- The spans of many lines at once, each for its own window. Most began in it or on the same day (UTC), and are found by their beginning;
  -- those that reach over midnight by their end; open ones are few. As spans_over it reads as the owner, who keeps the wall itself.
  -- A batch that nobody completed lasts to the start of the next one.
  create index fact_batch_began on fact (tenant_id, line_id, began) where kind = 'batch';
  create index fact_span_began on fact (tenant_id, line_id, began) where kind in ('stop', 'batch');
  create index fact_span_open on fact (tenant_id, line_id, began) where kind in ('stop', 'batch') and ended is null;
  create index fact_span_overnight on fact (tenant_id, line_id, ended)
    where kind in ('stop', 'batch') and (began at time zone 'UTC')::date <> (ended at time zone 'UTC')::date;
  create function spans_of(lines uuid[], since timestamptz[], until timestamptz[])
    returns table (kind text, line_id uuid, began timestamptz, ended timestamptz, data jsonb) language sql stable security definer set search_path = public as
    $$ with h as (select line_id, since, until, date_trunc('day', since, 'UTC') as midnight, current_setting('app.tenant_id', true) as tenant_id
                  from unnest(lines, since, until) as h(line_id, since, until)),
       f as (
         select f.* from h join fact f on f.tenant_id = h.tenant_id and f.line_id = h.line_id and f.kind in ('stop', 'batch')
           and f.began >= h.midnight and f.began <= h.until and (f.ended is null or f.ended > h.since)
         union all
         select f.* from h join fact f on f.tenant_id = h.tenant_id and f.line_id = h.line_id and f.kind in ('stop', 'batch')
           and (f.began at time zone 'UTC')::date <> (f.ended at time zone 'UTC')::date and f.began < h.midnight
           and f.ended > h.since and f.ended <= h.since + interval '367 days'
         union all
         select f.* from h join fact f on f.tenant_id = h.tenant_id and f.line_id = h.line_id and f.kind in ('stop', 'batch') and f.ended is null and f.began < h.midnight)
       select f.kind, f.line_id, f.began,
         coalesce(f.ended, case when f.kind = 'batch' then (select min(n.began) from fact n where n.tenant_id = f.tenant_id and n.line_id = f.line_id and n.kind = 'batch' and n.began > f.began) end), f.data
       from f $$;

  -- How often the facts of a line have changed: who has read them before knows whether to read them again.
  create table line_revision (
    tenant_id text not null,
    line_id uuid not null,
    revision bigint not null,
    primary key (tenant_id, line_id)
  );
  ${tenantPolicy('line_revision')}

  -- Sums that are kept as it goes: what each line made in each clock hour, and what it lost.
  create table unit_hour (
    tenant_id text not null,
    line_id uuid not null,
    product_id uuid,
    hour timestamptz not null,
    good numeric(30,6) not null,
    rejected numeric(30,6) not null,
    scrapped numeric(30,6) not null,
    unique nulls not distinct (tenant_id, line_id, product_id, hour)
  );
  create index unit_hour_line on unit_hour (tenant_id, line_id, hour);
  ${tenantPolicy('unit_hour')}
  create table leak_hour (
    tenant_id text not null,
    line_id uuid not null,
    hour timestamptz not null,
    amount numeric(30,4) not null,
    primary key (tenant_id, line_id, hour)
  );
  ${tenantPolicy('leak_hour')}
  insert into unit_hour (tenant_id, line_id, product_id, hour, good, rejected, scrapped)
    select tenant_id, line_id, product_id, date_trunc('hour', began, 'UTC'),
      coalesce(sum((data->>'good')::numeric) filter (where kind = 'count'), 0), coalesce(sum((data->>'reject')::numeric) filter (where kind = 'count'), 0),
      coalesce(sum((data->>'quantity')::numeric) filter (where kind = 'scrap' and data->>'disposition' = 'scrap' and data->>'phase' = 'production'), 0)
    from fact where kind in ('count', 'scrap') and data->>'voided_at' is null group by 1, 2, 3, 4;
  insert into leak_hour (tenant_id, line_id, hour, amount)
    select tenant_id, line_id, date_trunc('hour', occurred_from, 'UTC'), sum(amount) from money_leak group by 1, 2, 3;

  ${commandTables}
  ${deadLetterTable}
  ${historyTable}
  `,
);
