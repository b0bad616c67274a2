/**
 * Measures the ledger: a year of OEE by day, ten million postings by category, and the rate from events to postings.
 */
import { countLogged, downtimeEnded, getByCategory, getOee } from '@plantops/contracts';
import { aCount, aLine, aPlant, aProduct, aStop, rowId } from '@plantops/fixtures';
import type { ServiceHarness } from '@plantops/testing';
import { measure, ms } from './measure.ts';

const POSTINGS = Number(process.env['PLANTOPS_BENCH_POSTINGS'] ?? 10_000_000);
const STOPS = 20_000;
const LINES = 200;
const EVENTS = 10_000;
const DAY_MS = 86_400_000;
const midnight = Math.floor(Date.now() / DAY_MS) * DAY_MS;
const days = (count: number) => ({
  from: new Date(midnight - count * DAY_MS).toISOString(),
  to: new Date(midnight).toISOString(),
});
const lineId = (l: string) => `('0190c0de-0000-7000-8000-' || lpad(to_hex(${l}), 12, '0'))::uuid`;

const shift = (name: string, start: string, end: string) => ({
  name,
  start,
  end,
  weekdays: [1, 2, 3, 4, 5, 6, 7],
  breaks: [],
});
const shifts = [shift('early', '06:00', '14:00'), shift('late', '14:00', '22:00'), shift('night', '22:00', '06:00')];
const calendars = [{ valid_from: null, timezone: 'UTC', weekly: shifts, exceptions: [] }];
const plant = aPlant({ id: rowId(1000), code: 'P', calendars });
/** The plant of the line with a year of facts. */
const other = aPlant({ id: rowId(1001), code: 'O', calendars });

async function remember(service: ServiceHarness, kind: string, row: { id: string; code: string }, tenant: string) {
  await service.rows.query(
    'insert into master (tenant_id, kind, id, code, version, data) values ($1, $2, $3, $4, 1, $5)',
    [tenant, kind, row.id, row.code, row],
  );
}
async function masterOf(service: ServiceHarness, tenant: string) {
  await remember(service, 'plant', plant, tenant);
  await remember(service, 'plant', other, tenant);
  await remember(service, 'product', aProduct(), tenant);
  for (let l = 1; l <= LINES; l += 1)
    await remember(
      service,
      'line',
      aLine({ id: rowId(l), code: `L${l}`, name: `Line ${l}`, plant_id: l === 1 ? other.id : plant.id }),
      tenant,
    );
  await service.rows.query(
    `insert into line_revision select $1, ${lineId('l')}, 1 from generate_series(0, ${LINES}) l`,
    [tenant],
  );
  await service.rows.query("insert into line_revision values ($1, '00000000-0000-0000-0000-000000000000', 1)", [
    tenant,
  ]);
}

/** Stops over a year, and one batch a day with a count each hour. */
async function yearOfFacts(service: ServiceHarness) {
  const columns =
    'insert into fact (tenant_id, kind, id, version, line_id, batch_id, batch_number, product_id, began, ended, data) ';
  const iso = (at: string) => `to_char((${at}) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
  const since = `timestamptz '${days(365).from}'`;
  const base = (row: object) => `'${JSON.stringify(row)}'::jsonb`;
  await service.rows.query(
    `${columns}
     select 'akron', 'stop', id, 1, ${lineId('1')}, null, null, null, at, until,
       ${base(aStop({ line_id: rowId(1) }))}
       || jsonb_build_object('id', id, 'start_time', ${iso('at')}, 'end_time', ${iso('until')})
     from generate_series(0, ${STOPS - 1}) n
     cross join lateral (select gen_random_uuid() as id, ${since} + n * interval '365 days' / ${STOPS} as at) a
     cross join lateral (select at + (1 + n % 9) * interval '1 minute' as until) u`,
  );
  const totals = { status: 'completed', completed_at: null };
  await service.rows.query(
    `${columns}
     select 'akron', 'batch', ${lineId('100000 + d')}, 1, ${lineId('1')}, null, 'B' || d, '${aProduct().id}', at, until,
       ${base({ line_id: rowId(1), product_id: aProduct().id, good_count: null, scrap_count: null, startup_scrap_count: null, rework_count: null, material_input: null, cancelled_at: null, ...totals })}
       || jsonb_build_object('id', ${lineId('100000 + d')}, 'batch_number', 'B' || d,
         'started_at', ${iso('at')}, 'completed_at', ${iso('until')})
     from generate_series(0, 364) d
     cross join lateral (select ${since} + d * interval '1 day' as at) a
     cross join lateral (select at + interval '22 hours' as until) u`,
  );
  await service.rows.query(
    `${columns}
     select 'akron', 'count', id, 1, ${lineId('1')}, ${lineId('100000 + d')}, 'B' || d, '${aProduct().id}', at, at,
       ${base(aCount({ line_id: rowId(1), good: 90, reject: 2 }))}
       || jsonb_build_object('id', id, 'batch_id', ${lineId('100000 + d')}, 'batch_number', 'B' || d, 'at', ${iso('at')})
     from generate_series(0, 364) d, generate_series(1, 21) h
     cross join lateral (
       select gen_random_uuid() as id, ${since} + d * interval '1 day' + h * interval '1 hour' as at) a`,
  );
}

const CATEGORIES =
  "(array['downtime_loss','changeover_loss','speed_loss','scrap_loss','quality_loss','startup_loss','yield_loss'])";
async function yearOfPostings(service: ServiceHarness, rows: number) {
  const { rows: found } = await service.rows.query<{ indexname: string; indexdef: string }>(
    `select indexname, indexdef
     from pg_indexes
     where tablename = 'money_leak' and indexname not in (select conname from pg_constraint)`,
  );
  for (const { indexname } of found) await service.rows.query(`drop index ${indexname}`);
  await service.rows.query(
    `insert into money_leak (id, tenant_id, line_id, plant_id, category, amount, time_ms, hourly_cost,
       occurred_from, occurred_to, business_date, is_avoidable, source_type, source_id, cause_event_id,
       rule, rule_version, recorded_at, created_by)
     select id, 'akron', ${lineId(`1 + n % ${LINES}`)}, '${plant.id}', ${CATEGORIES}[1 + n % 7], 35, 420000, 300,
       at, at + interval '7 minutes', at::date, n % 3 = 0, 'downtime', id, id,
       'stop', 1, at, 'bench'
     from generate_series(1, ${rows}) n
     cross join lateral (
       select gen_random_uuid() as id, timestamptz '${days(365).from}' + n * (interval '365 days' / ${rows}) as at) a`,
  );
  for (const { indexdef } of found) await service.rows.query(indexdef);
  await service.rows.query(
    `insert into leak_sum
     select t.tenant_id, t.plant_id, g.grain,
       case when g.of_line then t.line_id end,
       case g.grain when 'day' then t.business_date else date_trunc('month', t.business_date)::date end,
       case when g.grain = 'day' then t.business_date end,
       t.category,
       case when g.of_line then t.source_type end,
       case when g.of_line then t.rule end,
       case when g.of_line then t.product_id end,
       sum(t.amount), coalesce(sum(t.amount) filter (where t.is_avoidable), 0), count(*)
     from money_leak t
     cross join (values ('day', true), ('month', true), ('day', false), ('month', false)) as g(grain, of_line)
     where t.tenant_id = 'akron'
     group by 1, 2, 3, 4, 5, 6, 7, 8, 9, 10`,
  );
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}
const say = (text: string) => process.stdout.write(`${text}\n`);

export async function benchLedger(start: (service: 'money-leaks') => Promise<ServiceHarness>): Promise<void> {
  const service = await start('money-leaks');
  await masterOf(service, 'akron');
  await masterOf(service, 'globex');
  await yearOfFacts(service);
  await service.rows.query('vacuum analyze');
  const oee = (count: number) => () => service.call(getOee, { plant_id: other.id, group_by: 'day', ...days(count) });
  const first = await timed(oee(365));
  const [year, month] = [await measure(oee(365)), await measure(oee(30))];
  say(
    `\nOEE by day of a line with ${STOPS} stops a year, ms: first request ${ms(first)}, a year ${ms(year.median)}, a month ${ms(month.median)}`,
  );

  // Events of another tenant, on lines without history, in chunks as the stream delivers them.
  const at = (n: number) => new Date(midnight - DAY_MS + Math.floor(n / LINES) * 60_000).toISOString();
  const events = Array.from({ length: EVENTS }, (_, n) => ({
    id: rowId(1_000_000 + n),
    line_id: rowId(1 + (n % LINES)),
    n,
  }));
  const posting = await timed(async () => {
    for (let index = 0; index < events.length; index += 500)
      await Promise.all(
        events.slice(index, index + 500).map(({ id, line_id, n }) =>
          n % 2 === 0
            ? service.announce(
                downtimeEnded,
                aStop({
                  id,
                  line_id,
                  start_time: at(n),
                  end_time: new Date(Date.parse(at(n)) + 50_000).toISOString(),
                }),
                'globex',
              )
            : service.announce(
                countLogged,
                aCount({ id, line_id, batch_id: null, batch_number: null, at: at(n) }),
                'globex',
              ),
        ),
      );
    await service.settled();
  });
  say(
    `${EVENTS} events of ${LINES} lines to the ledger: ${Math.round(EVENTS / (posting / 1000))}/s, publishing included`,
  );

  await yearOfPostings(service, POSTINGS);
  await service.rows.query('vacuum analyze');
  for (const [name, scope] of [
    ['whole plant', {}],
    ['one line', { line_id: rowId(7) }],
  ] as const) {
    const by = (count: number, more = {}) =>
      measure(() => service.call(getByCategory, { ...scope, ...days(count), ...more }));
    const [ofYear, ofMonth] = [await by(365), await by(30)];
    const known = await by(365, { as_of: new Date(midnight - DAY_MS).toISOString() });
    say(
      `by category out of ${POSTINGS} postings, ${name}, ms: a year ${ms(ofYear.median)}, a month ${ms(ofMonth.median)}, ratio ${(ofYear.median / ofMonth.median).toFixed(2)}; a year as of yesterday ${ms(known.median)}`,
    );
  }
  await service.close();
}
