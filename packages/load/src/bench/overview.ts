/** Compares the overview's query to the ledger, with 200 lines, after a year of history and after a month. */
import { getLossFigures } from '@plantops/contracts';
import type { ServiceHarness } from '@plantops/testing';
import { measure, ms } from './measure.ts';

const LINES = 200;
const DAYS = { akron: 365, globex: 30 } as const;
const stamps = "'version', 1, 'created_by', 'bench', 'updated_by', 'bench', 'voided_at', null, 'void_reason', null";
const lineId = (l: string) => `('0190c0de-0000-7000-8000-' || lpad(to_hex(${l}), 12, '0'))`;
const iso = (at: string) => `to_char((${at}) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

/**
 * A batch for each day and line from midnight on, with a stop and a count every hour, until now. Each stop has its
 * posting.
 */
const seed = (tenant: string, days: number) => `
  insert into master (tenant_id, kind, id, code, version, data) values
    ('${tenant}', 'plant', '0190c0de-0000-7000-8000-0000000003e8', 'P', 1,
     '{"id":"0190c0de-0000-7000-8000-0000000003e8","code":"P","version":1,"timezone":"UTC","calendars":[]}'),
    ('${tenant}', 'product', '0190c0de-0000-7000-8000-0000000003e9', 'Q', 1,
     '{"id":"0190c0de-0000-7000-8000-0000000003e9","code":"Q","version":1,"rates":[],"versions":[{"valid_from":null,"unit_cost":2,"salvage_value":0,"cost_basis":"full","material_cost":null}]}');
  insert into master (tenant_id, kind, id, code, version, data)
    select '${tenant}', 'line', ${lineId('l')}::uuid, 'L' || l, 1,
      jsonb_build_object('id', ${lineId('l')}, 'code', 'L' || l, 'name', 'Line ' || l, 'version', 1,
      'plant_id', '0190c0de-0000-7000-8000-0000000003e8', 'is_active', true,
      'versions', jsonb_build_array(
        jsonb_build_object('valid_from', null, 'hourly_cost', 300, 'ideal_cycle_seconds', 30, 'micro_stop_seconds', 300)))
    from generate_series(1, ${LINES}) l;
  create temp table day as
    select l, ${lineId('l')}::uuid as line_id, d, gen_random_uuid() as batch_id,
      date_trunc('day', now(), 'UTC') - d * interval '1 day' as midnight
    from generate_series(1, ${LINES}) l, generate_series(0, ${days} - 1) d;
  insert into fact (tenant_id, kind, id, version, line_id, batch_id, batch_number, product_id, began, ended, data)
    select '${tenant}', 'batch', batch_id, 1, line_id, null, 'B' || d, '0190c0de-0000-7000-8000-0000000003e9', midnight, ended,
      jsonb_build_object(${stamps}, 'id', batch_id, 'line_id', line_id,
        'product_id', '0190c0de-0000-7000-8000-0000000003e9', 'batch_number', 'B' || d,
        'status', case when d = 0 then 'running' else 'completed' end,
        'started_at', ${iso('midnight')}, 'completed_at', ${iso('ended')}, 'cancelled_at', null,
        'good_count', null, 'scrap_count', null, 'startup_scrap_count', null, 'rework_count', null, 'material_input', null)
    from day cross join lateral (select case when d = 0 then null else midnight + interval '1 day' end as ended) e;
  insert into fact (tenant_id, kind, id, version, line_id, batch_id, batch_number, product_id, began, ended, data)
    select '${tenant}', 'stop', id, 1, line_id, null, null, null, at, at + interval '7 minutes',
      jsonb_build_object(${stamps}, 'id', id, 'line_id', line_id, 'batch_id', null, 'batch_number', null,
        'start_time', ${iso('at')}, 'end_time', ${iso("at + interval '7 minutes'")},
        'reason_category', 'mechanical', 'reason_code', 'jam', 'is_planned', false, 'phase', 'production', 'acknowledged_at', null, 'origin_id', null)
    from day
    cross join lateral (
      select gen_random_uuid() as id, midnight + h * interval '1 hour' as at from generate_series(0, 23) h) s
    where at + interval '7 minutes' < now();
  insert into fact (tenant_id, kind, id, version, line_id, batch_id, batch_number, product_id, began, ended, data)
    select '${tenant}', 'count', id, 1, line_id, batch_id, 'B' || d, '0190c0de-0000-7000-8000-0000000003e9', at, at,
      jsonb_build_object(${stamps}, 'id', id, 'line_id', line_id, 'batch_id', batch_id, 'batch_number', 'B' || d,
        'product_id', '0190c0de-0000-7000-8000-0000000003e9', 'at', ${iso('at')}, 'good', 90, 'reject', 2)
    from day
    cross join lateral (
      select gen_random_uuid() as id, midnight + h * interval '1 hour' as at from generate_series(1, 23) h) s
    where at < now();
  insert into money_leak (id, tenant_id, line_id, plant_id, category, amount, time_ms, hourly_cost,
      occurred_from, occurred_to, business_date, is_avoidable, source_type, source_id, cause_event_id, rule, rule_version, recorded_at, created_by)
    select gen_random_uuid(), tenant_id, line_id, '0190c0de-0000-7000-8000-0000000003e8', 'downtime_loss', 35, 420000, 300,
      began, ended, began::date, true, 'downtime', id, gen_random_uuid(), 'stop', 1, ended, 'bench'
    from fact where tenant_id = '${tenant}' and kind = 'stop';
  insert into leak_hour (tenant_id, line_id, hour, amount)
    select tenant_id, line_id, date_trunc('hour', occurred_from, 'UTC'), sum(amount)
    from money_leak
    where tenant_id = '${tenant}'
    group by 1, 2, 3;
  insert into unit_hour (tenant_id, line_id, product_id, hour, good, rejected, scrapped)
    select tenant_id, line_id, product_id, began, 90, 2, 0
    from fact
    where tenant_id = '${tenant}' and kind = 'count';
  drop table day;`;

export async function benchOverview(start: (service: 'money-leaks') => Promise<ServiceHarness>): Promise<void> {
  const service = await start('money-leaks');
  for (const [tenant, days] of Object.entries(DAYS)) {
    const client = await service.rows.connect();
    await client.query(seed(tenant, days));
    client.release();
  }
  await service.rows.query('vacuum analyze');
  process.stdout.write(
    '\nfigures of the overview, 200 lines, ms in the service (median of 25)\nperiod       a year  a month   ratio\n',
  );
  for (const period of ['today', 'yesterday'] as const) {
    const year = await measure(() => service.call(getLossFigures, { period }, { tenant: 'akron' }));
    const month = await measure(() => service.call(getLossFigures, { period }, { tenant: 'globex' }));
    process.stdout.write(
      `${period.padEnd(10)} ${ms(year.median)}  ${ms(month.median)}   ${(year.median / month.median).toFixed(2)}\n`,
    );
  }
  await service.close();
}
