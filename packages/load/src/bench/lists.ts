/**
 * Compares a page of 50 downtimes out of a million with one out of ten thousand: the time of a filter must not grow
 * with history.
 */
import { listDowntimes } from '@plantops/contracts';
import type { z } from 'zod';
import { rowId } from '@plantops/fixtures';
import { ServiceHarness } from '@plantops/testing';
import { measure, ms } from './measure.ts';

type Query = z.input<typeof listDowntimes.input>;
const SIZES = { akron: 1_000_000, globex: 10_000 } as const;
const LINES = 200;

/** Stops of 200 lines in 20 plants over a year, with seventeen reasons; the last stop of each line is open. */
const seed = (tenant: string, rows: number) => `
  insert into master (tenant_id, kind, id, code, version, data)
    select '${tenant}', 'line', ('0190c0de-0000-7000-8000-' || lpad(to_hex(l), 12, '0'))::uuid, 'L' || l, 1,
      jsonb_build_object(
        'id', ('0190c0de-0000-7000-8000-' || lpad(to_hex(l), 12, '0')),
        'code', 'L' || l,
        'plant_id', '0190c0de-0000-7000-8000-' || lpad(to_hex(1000 + l % 20), 12, '0'))
    from generate_series(1, ${LINES}) l;
  insert into downtime (id, tenant_id, version, created_at, updated_at, created_by, updated_by, line_id, batch_id,
      start_time, end_time, duration_minutes, status,
      reason_category, reason_code, is_planned, is_micro_stop, phase, source, is_overlapping)
    select gen_random_uuid(), '${tenant}', 1, t.at, t.at, 'bench', 'bench',
      ('0190c0de-0000-7000-8000-' || lpad(to_hex(1 + n % ${LINES}), 12, '0'))::uuid,
      ('0190c0de-0000-7000-8000-' || lpad(to_hex(100000 + n / 4000), 12, '0'))::uuid, t.at,
      case when n > ${rows - LINES} then null else t.at + interval '1 second' end,
      case when n > ${rows - LINES} then null else 0.016667 end,
      case when n > ${rows - LINES} then 'open' else 'ended' end,
      (array['mechanical','electrical','changeover','no_material','no_operator','quality','cleaning',
        'maintenance','utilities','controls','safety','break','no_demand','starved','blocked','other','unknown'])[1 + n % 17],
      case when n % 1000 = 0 then 'rare' else 'r' || n % 50 end, n % 5 = 0, false, 'production', 'manual', false
    from generate_series(1, ${rows}) n
    cross join lateral (select timestamptz '2025-11-01 00:00Z' + n * (interval '365 days' / ${rows}) as at) t;`;

const FILTERS: Record<string, Query> = {
  'no filter': {},
  line_id: { line_id: rowId(7) },
  'line_id, oldest first': { line_id: rowId(7), sort: 'start_time' },
  plant_id: { plant_id: rowId(1003) },
  'plant_id of nothing': { plant_id: rowId(99) },
  batch_id: { batch_id: rowId(100_001) },
  'status open': { status: 'open' },
  reason_category: { reason_category: 'safety' },
  'reason_code, rare': { reason_code: 'rare' },
  'reason_code of nothing': { reason_code: 'none' },
  'is_planned true': { is_planned: true },
  'is_planned false': { is_planned: false },
  'a day': { from: '2026-03-02T00:00:00Z', to: '2026-03-03T00:00:00Z' },
  'line and category': { line_id: rowId(7), reason_category: 'safety' },
  'category, planned, a week': {
    reason_category: 'safety',
    is_planned: true,
    from: '2026-03-02T00:00:00Z',
    to: '2026-03-09T00:00:00Z',
  },
  'sort by created_at': { sort: '-created_at' },
};

export async function benchLists(start: (service: 'downtimes') => Promise<ServiceHarness>): Promise<void> {
  const service = await start('downtimes');
  for (const [tenant, rows] of Object.entries(SIZES)) await service.rows.query(seed(tenant, rows));
  await service.rows.query('vacuum analyze downtime');
  process.stdout.write(
    '\nlist of 50 downtimes, ms in the service (median of 25)\nfilter                        1,000,000   10,000  ratio\n',
  );
  for (const [name, query] of Object.entries(FILTERS)) {
    const big = await measure(() => service.call(listDowntimes, query, { tenant: 'akron' }));
    const small = await measure(() => service.call(listDowntimes, query, { tenant: 'globex' }));
    process.stdout.write(
      `${name.padEnd(30)}  ${ms(big.median)}  ${ms(small.median)}  ${(big.median / small.median).toFixed(2)}\n`,
    );
  }
  await service.close();
}
