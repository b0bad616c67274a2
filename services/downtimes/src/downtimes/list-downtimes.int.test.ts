import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { ServiceHarness } from '@plantops/testing';
import { readConfig } from '../config.ts';
import { start } from '../service.ts';
import { DowntimeView } from './downtime-view.ts';

let downtimes: ServiceHarness;
beforeAll(async () => {
  downtimes = await ServiceHarness.start('downtimes', start, readConfig);
  await downtimes.rows.query(
    `insert into downtime (
       id, tenant_id, created_at, updated_at, created_by, updated_by, line_id, batch_id, start_time, end_time, status,
       reason_category, reason_code, is_planned, is_micro_stop, phase, source)
     select gen_random_uuid(), 'akron', now(), now(), 'x', 'x', lines.id, gen_random_uuid(), '2026-01-01Z'::timestamptz + n * interval '1 hour',
       '2026-01-01Z'::timestamptz + n * interval '1 hour' + interval '1 minute', 'ended', 'c' || n % 9, 'r' || n % 50, false, false, 'production', 'manual'
     from (select gen_random_uuid() as id from generate_series(1, 4)) lines, generate_series(1, 2000) n`,
  );
  await downtimes.rows.query('analyze downtime');
});
afterAll(() => downtimes.close());

const { from, indexed } = DowntimeView;
test.each(['true', ...(indexed?.by ?? [])])(
  'one plan for all tenants and values reads a page from an index in its order: %s',
  async (condition) => {
    const plan = await downtimes.rows.query<{ 'QUERY PLAN': string }>(
      `explain (generic_plan) select t.* from ${from}
       where t.tenant_id = $1 and ${condition.replace('?', '$2')}
       order by t.${indexed?.sort} desc, t.id desc limit 51`,
    );
    const text = plan.rows.map((row) => row['QUERY PLAN']).join('\n');
    expect(text).toContain('Index Scan');
    expect(text).not.toContain('Sort');
  },
);
