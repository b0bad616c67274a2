/** What people had corrected before downtimes kept their words is found when it is upgraded. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { at, rowId, testServers } from '@plantops/fixtures';
import { migrate, type Tables } from '@plantops/persistence';
import { Client } from 'pg';
import { copyTemplate } from './templates.ts';

let copy: Awaited<ReturnType<typeof copyTemplate>>;
let owner: Client;
beforeAll(async () => {
  copy = await copyTemplate(testServers().databaseUrl, 'downtimes');
  owner = new Client({ connectionString: copy.ownerUrl });
  await owner.connect();
  // Back to the tables of the version before.
  await owner.query(`
    drop table stop_word;
    alter table downtime drop column reason_source;
    alter table state_report drop column seq, drop column event_id;
    alter table state_stop drop column first_from, drop column given_from, drop column given_to, drop column is_fixed,
      drop column takes_rest, drop column taken_from, drop column taken_to;
    drop index state_stop_downtime;
    delete from mikro_orm_migrations where name = '20261130T1500-keep-words';`);
});
afterAll(async () => {
  await owner.end();
  await copy.drop();
});

type Before = {
  readonly times: readonly [string, string | null];
  readonly derived: readonly [string, string | null];
  readonly category?: string;
  readonly code?: string | null;
  readonly by?: string;
  readonly voided?: boolean;
  readonly origin?: number;
};
/** A stop as the version before had it; the states called it mechanical. */
async function stop(
  n: number,
  { times, derived, category = 'mechanical', code = null, ...more }: Before,
): Promise<void> {
  const [from, to] = times.map((time) => (time === null ? null : at(time)));
  await owner.query(
    `insert into downtime (id, tenant_id, version, created_at, updated_at, created_by, updated_by, line_id, start_time,
       end_time, status, reason_category, reason_code, is_planned, is_micro_stop, phase, source, origin_id, voided_at)
     values ($1, 'akron', 2, now(), now(), 'line:L1', $2, $3, $4, $5::timestamptz,
       case when $5::timestamptz is null then 'open' else 'ended' end, $6, $7, false, false, 'production', 'event', $8,
       case when $9 then timestamptz '2026-03-02 20:00Z' end)`,
    [
      rowId(n),
      more.by ?? 'line:L1',
      rowId(1),
      from,
      to,
      category,
      code,
      more.origin ? rowId(more.origin) : null,
      more.voided ?? false,
    ],
  );
  await owner.query(
    `insert into state_stop (tenant_id, line_id, key, downtime_id, derived_from, derived_to, derived_category)
     values ('akron', $1, $2::text, $2::uuid, $3, $4, 'mechanical')`,
    [rowId(1), rowId(n), at(derived[0]), derived[1] === null ? null : at(derived[1])],
  );
}

test('the upgrade finds what people had said, the times they gave, and splits and voids', async () => {
  await stop(10, { times: ['08:00', '08:10'], derived: ['08:00', '08:10'] });
  await stop(11, { times: ['08:20', '08:30'], derived: ['08:20', '08:30'], code: 'E-17' });
  await stop(12, { times: ['08:40', '08:50'], derived: ['08:40', '08:50'], category: 'electrical' });
  await stop(13, { times: ['09:00', '09:15'], derived: ['09:00', '09:20'], by: 'ada' });
  await stop(14, { times: ['12:00', null], derived: ['12:05', null] });
  await stop(15, { times: ['10:00', '10:10'], derived: ['10:00', '10:10'], voided: true });
  await stop(16, { times: ['11:00', '11:05'], derived: ['11:00', '11:10'], origin: 16 });
  await owner.query('update downtime set origin_id = $1 where id = $1', [rowId(16)]);
  await owner.query(
    `insert into downtime (id, tenant_id, created_at, updated_at, created_by, updated_by, line_id, start_time, end_time,
       status, reason_category, is_planned, is_micro_stop, phase, source, origin_id)
     values ($1, 'akron', now(), now(), 'ada', 'ada', $2, $3, $4, 'ended', 'cleaning', false, false, 'production', 'event', $5)`,
    [rowId(17), rowId(1), at('11:05'), at('11:10'), rowId(16)],
  );
  const { tables } = (await import('../../../services/downtimes/src/database.ts')) as { tables: Tables };
  expect(await migrate({ url: copy.ownerUrl, ...tables })).toEqual(['20261130T1500-keep-words']);
  const { rows: words } = await owner.query<{ id: string; code: string; category: string }>(
    `select downtime_id as id, said->>'reason_category' as category, said->>'reason_code' as code from stop_word order by 1`,
  );
  expect(words).toEqual([
    { id: rowId(11), category: 'mechanical', code: 'E-17' },
    { id: rowId(12), category: 'electrical', code: null },
    { id: rowId(13), category: 'mechanical', code: null },
    { id: rowId(17), category: 'cleaning', code: null },
  ]);
  const { rows: times } = await owner.query<{ id: string }>(
    `select downtime_id as id, given_from is not null as gave_start, given_to is not null as gave_end, is_fixed
     from state_stop
     where taken_from is not null
     order by 1`,
  );
  expect(times).toEqual([
    { id: rowId(13), gave_start: false, gave_end: true, is_fixed: false },
    { id: rowId(14), gave_start: true, gave_end: false, is_fixed: false },
    { id: rowId(15), gave_start: false, gave_end: false, is_fixed: true },
    { id: rowId(16), gave_start: false, gave_end: true, is_fixed: true },
    { id: rowId(17), gave_start: false, gave_end: false, is_fixed: true },
  ]);
});

test('a database in which an earlier form of it has run gets the columns of today, and the times that people gave stay', async () => {
  await owner.query(`
    truncate state_stop;
    alter table state_stop drop column given_from, drop column given_to, drop column is_fixed, drop column takes_rest,
      drop column taken_from, drop column taken_to, add column decided_from timestamptz, add column decided_to timestamptz;
    create index state_stop_decided on state_stop (tenant_id, line_id, decided_to) where decided_from is not null;
    drop index stop_word_row;
    delete from mikro_orm_migrations where name = '20261130T2000-mend-words';
    insert into state_stop (tenant_id, line_id, key, downtime_id, derived_from, derived_category, decided_from, decided_to)
    select 'akron', '${rowId(1)}', n, ('${rowId(0)}'::uuid), now(), 'other',
      case when n > 1 then timestamptz '${at('08:00')}' end, case when n = 2 then timestamptz '${at('09:00')}' end
    from generate_series(1, 3) n`);
  const { tables } = (await import('../../../services/downtimes/src/database.ts')) as { tables: Tables };
  expect(await migrate({ url: copy.ownerUrl, ...tables })).toEqual(['20261130T2000-mend-words']);
  const { rows } = await owner.query<object>(
    'select key, is_fixed, takes_rest, taken_from, taken_to::text from state_stop order by key',
  );
  const taken_from = new Date(at('08:00'));
  expect(rows).toEqual([
    { key: '1', is_fixed: false, takes_rest: false, taken_from: null, taken_to: null },
    { key: '2', is_fixed: true, takes_rest: false, taken_from, taken_to: expect.stringContaining('09:00') },
    { key: '3', is_fixed: true, takes_rest: true, taken_from, taken_to: 'infinity' },
  ]);
  const { rows: indexes } = await owner.query(
    "select from pg_class where relname in ('state_stop_taken', 'stop_word_row', 'state_stop_decided')",
  );
  expect(indexes).toHaveLength(2);
});
