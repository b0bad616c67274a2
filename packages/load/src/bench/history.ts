/** Fills the tables of a tenant with a year of history, by statements over whole sets. */
import { aBatch, aCount, aStop } from '@plantops/fixtures';
import type { PlantTables } from '@plantops/testing/plant';
import type pg from 'pg';
import type { Tenant } from './tenants.ts';

type Query = (text: string, values?: unknown[]) => Promise<readonly object[]>;
type Fill = (query: Query, tenant: Tenant) => Promise<void>;

const json = (row: object) => `'${JSON.stringify(row).replaceAll("'", "''")}'::jsonb`;
const iso = (at: string) => `to_char((${at}) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
/** The number n of a row as a UUID: a batch of the stops. */
const uuidOf = (n: string) => `('0190c0de-0000-7000-8000-' || lpad(to_hex(${n}), 12, '0'))::uuid`;
const CATEGORIES = `(array['mechanical','electrical','changeover','no_material','no_operator','quality','cleaning',
  'maintenance','utilities','controls','safety','break','no_demand','starved','blocked','other','unknown'])`;
const LOSSES = `(array['downtime_loss','changeover_loss','speed_loss','scrap_loss','quality_loss','startup_loss',
  'yield_loss'])`;

/** Row n of the history: its line, and its time: stops of a line do not overlap, and the last one ended an hour ago. */
const rowsOf = (tenant: Tenant) => `
  generate_series(1, ${tenant.rows}) n
  join past_line l on l.number = n % ${tenant.past.length}
  cross join lateral (
    select now() - interval '1 hour' - (${tenant.rows} - n) * (interval '365 days' / ${tenant.rows}) - length as at, length
    from (select least(interval '3 minutes', interval '180 days' / ${tenant.rows} * ${tenant.past.length})) s(length)) t`;

async function namePastLines(query: Query, tenant: Tenant): Promise<void> {
  await query('drop table if exists past_line');
  await query('create temp table past_line (number integer, id uuid)');
  await query('insert into past_line select ordinality - 1, id from unnest($1::uuid[]) with ordinality as l(id)', [
    tenant.past,
  ]);
  await query('analyze past_line');
}

/** Runs an insert without the indexes of its table, and builds them again: that takes a fraction of the time. */
async function withoutIndexes(query: Query, table: string, insert: string): Promise<void> {
  await query('begin');
  const constraints = (await query(
    `select format('alter table %I drop constraint %I', $1::text, conname) as drop,
       format('alter table %I add constraint %I %s', $1::text, conname, pg_get_constraintdef(oid)) as build
     from pg_constraint
     where conrelid = $1::regclass and contype = 'x'`,
    [table],
  )) as { drop: string; build: string }[];
  const indexes = (await query(
    `select format('drop index %I', indexrelid::regclass::text) as drop, pg_get_indexdef(indexrelid) as build
     from pg_index
     where indrelid = $1::regclass and not exists (select from pg_constraint where conindid = indexrelid)`,
    [table],
  )) as { drop: string; build: string }[];
  for (const { drop } of [...constraints, ...indexes]) await query(drop);
  await query(insert);
  for (const { build } of [...constraints, ...indexes]) await query(build);
  await query('commit');
}

async function fillStops(query: Query, tenant: Tenant): Promise<void> {
  const isOpen = `n > ${tenant.rows - tenant.past.length}`;
  await withoutIndexes(
    query,
    'downtime',
    `insert into downtime (id, tenant_id, version, created_at, updated_at, created_by, updated_by, line_id, batch_id,
       start_time, end_time, duration_minutes, status, reason_category, reason_code, is_planned, is_micro_stop, phase, source)
     select uuidv7(at - now()), '${tenant.name}', 1, at, at, 'bench', 'bench', l.id, ${uuidOf('n / 4000')},
       at, case when not ${isOpen} then at + length end,
       case when not ${isOpen} then round(extract(epoch from length) / 60, 6) end,
       case when ${isOpen} then 'open' else 'ended' end,
       ${CATEGORIES}[1 + n % 17], case when n % 1000 = 0 then 'rare' else 'r' || n % 50 end,
       n % 5 = 0, false, 'production', 'manual'
     from ${rowsOf(tenant)}`,
  );
}

async function fillPostings(query: Query, tenant: Tenant): Promise<void> {
  const stop = aStop({ tenant_id: tenant.name, reason_category: 'mechanical' });
  await withoutIndexes(
    query,
    'fact',
    `insert into fact (tenant_id, kind, id, version, line_id, began, ended, data)
     select '${tenant.name}', 'stop', i.id, 1, l.id, at, at + length,
       ${json(stop)} || jsonb_build_object('id', i.id, 'line_id', l.id,
         'start_time', ${iso('at')}, 'end_time', ${iso('at + length')})
     from ${rowsOf(tenant)}
     cross join lateral (select uuidv7(at - now()) as id) i`,
  );
  await withoutIndexes(
    query,
    'money_leak',
    `insert into money_leak (id, tenant_id, line_id, plant_id, category, amount, time_ms, hourly_cost,
       occurred_from, occurred_to, business_date, is_avoidable, source_type, source_id, cause_event_id,
       rule, rule_version, recorded_at, created_by)
     select i.id, '${tenant.name}', l.id, '${tenant.plant}', ${LOSSES}[1 + n % 7], 15, 180000, 300,
       at, at + length, (at at time zone 'UTC')::date, n % 3 = 0, 'downtime', i.id, i.id, 'stop', 1, at, 'bench'
     from ${rowsOf(tenant)}
     cross join lateral (select uuidv7(at - now()) as id) i`,
  );
}

/** The sums that the postings of a tenant add up to. */
async function fillSums(query: Query, { name }: Tenant): Promise<void> {
  await query(
    `insert into leak_sum
     select t.tenant_id, t.plant_id, g.grain, case when g.of_line then t.line_id end,
       case g.grain when 'day' then t.business_date else date_trunc('month', t.business_date)::date end,
       case when g.grain = 'day' then t.business_date end, t.category,
       case when g.of_line then t.source_type end, case when g.of_line then t.rule end,
       case when g.of_line then t.product_id end,
       sum(t.amount), coalesce(sum(t.amount) filter (where t.is_avoidable), 0), count(*)
     from money_leak t
     cross join (values ('day', true), ('month', true), ('day', false), ('month', false)) as g(grain, of_line)
     where t.tenant_id = $1
     group by 1, 2, 3, 4, 5, 6, 7, 8, 9, 10`,
    [name],
  );
  await query(
    `insert into leak_hour (tenant_id, line_id, hour, amount)
     select tenant_id, line_id, date_trunc('hour', occurred_from, 'UTC'), sum(amount)
     from money_leak
     where tenant_id = $1
     group by 1, 2, 3`,
    [name],
  );
}

/** A batch a day with a count every hour: of the first line for a year, of the others for two days. */
async function fillUnits(query: Query, tenant: Tenant): Promise<void> {
  await query('drop table if exists past_day');
  await query(
    `create temp table past_day as
     select l.id as line_id, d, uuidv7() as batch_id, date_trunc('day', now(), 'UTC') - d * interval '1 day' as midnight
     from past_line l, generate_series(0, 364) d
     where l.number = 0 or d < 2`,
  );
  const batch = aBatch({ tenant_id: tenant.name, product_id: tenant.product });
  const count = aCount({ tenant_id: tenant.name, product_id: tenant.product, good: 90, reject: 2 });
  await query(
    `insert into fact (tenant_id, kind, id, version, line_id, batch_number, product_id, began, ended, data)
     select '${tenant.name}', 'batch', batch_id, 1, line_id, 'B' || d, '${tenant.product}', midnight, ended,
       ${json(batch)} || jsonb_build_object('id', batch_id, 'line_id', line_id, 'batch_number', 'B' || d,
         'status', case when d = 0 then 'running' else 'completed' end,
         'started_at', ${iso('midnight')}, 'completed_at', ${iso('ended')})
     from past_day
     cross join lateral (select case when d > 0 then midnight + interval '24 hours' end as ended) e`,
  );
  await query(
    `insert into fact (tenant_id, kind, id, version, line_id, batch_id, batch_number, product_id, began, ended, data)
     select '${tenant.name}', 'count', id, 1, line_id, batch_id, 'B' || d, '${tenant.product}', at, at,
       ${json(count)} || jsonb_build_object('id', id, 'line_id', line_id, 'batch_id', batch_id,
         'batch_number', 'B' || d, 'at', ${iso('at')})
     from past_day
     cross join lateral (
       select uuidv7() as id, midnight + h * interval '1 hour' as at from generate_series(1, 23) h) c
     where at < now()`,
  );
  await query(
    `insert into unit_hour (tenant_id, line_id, product_id, hour, good, rejected, scrapped)
     select tenant_id, line_id, product_id, began, 90, 2, 0
     from fact
     where tenant_id = $1 and kind = 'count'`,
    [tenant.name],
  );
}

/** Readings of the tenant's sensors over a year; they end a day ago. */
async function fillReadings(query: Query, tenant: Tenant): Promise<void> {
  await query(
    `select ensure_reading_partition(month::date)
     from generate_series(now() - interval '367 days', now(), interval '1 month') month`,
  );
  await query('select ensure_reading_partition(now()::date)');
  await query(
    `insert into reading (sensor_id, at, value, quality, tenant_id)
     select s.id, now() - interval '1 day' - n * (interval '365 days' / ${tenant.rows}), n % 40, 'good', $2
     from generate_series(1, ${tenant.rows}) n
     join unnest($1::uuid[]) with ordinality s(id, number) on s.number - 1 = n % ${tenant.sensors.length}`,
    [tenant.sensors, tenant.name],
  );
}

async function fillFloor(query: Query, tenant: Tenant): Promise<void> {
  await withoutIndexes(
    query,
    'stop',
    `insert into stop (id, line_id, start_time, end_time, duration_minutes, status, reason_category, reason_code)
     select uuidv7(at - now()), l.id, at, at + length, 3, 'ended', ${CATEGORIES}[1 + n % 17], 'r' || n % 50
     from ${rowsOf(tenant)}`,
  );
  await withoutIndexes(
    query,
    'leak',
    `insert into leak (stop_id, minutes, amount, recorded_at)
     select uuidv7(), 3, 15, now() - interval '1 day'
     from generate_series(1, ${tenant.rows}) n`,
  );
  await query(
    `insert into reading (sensor, at, value)
     select 'past' || n % 200, now() - n * interval '1 second', n % 40 from generate_series(1, ${tenant.rows}) n`,
  );
}

/** Fills the tables of the services and of the floor with this tenant's number of rows. */
export async function fill(tables: PlantTables, floor: pg.Client, tenant: Tenant): Promise<void> {
  const ofService =
    (service: 'downtimes' | 'money-leaks' | 'sensors'): Query =>
    (text, values) =>
      tables.query(service, text, values);
  const ofFloor: Query = async (text, values) => (await floor.query<object>(text, values)).rows;
  const parts: [Query, Fill[]][] = [
    [ofService('downtimes'), [namePastLines, fillStops]],
    [ofService('money-leaks'), [namePastLines, fillPostings, fillSums, fillUnits]],
    [ofService('sensors'), [fillReadings]],
    [ofFloor, [namePastLines, fillFloor]],
  ];
  const fillDatabase = async ([query, steps]: [Query, Fill[]]) => {
    for (const step of steps) await step(query, tenant);
    await query('vacuum analyze');
  };
  await Promise.all(parts.map(fillDatabase));
}
