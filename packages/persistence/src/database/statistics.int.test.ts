import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { rowId } from '@plantops/fixtures';
import { findMaster, masterByCode } from '../rows/master.ts';
import { TestDatabase } from './database-fixture.ts';
import type { Database } from './database.ts';
import { analyzeGrown } from './statistics.ts';
import type { Tx } from './tx.ts';

const LINES = 3_000;
let fixture: TestDatabase;
let database: Database;
beforeAll(async () => {
  fixture = await TestDatabase.create();
  // One connection: its prepared statements keep their plans.
  database = await fixture.open({ poolSize: 1 });
  await fixture.owner.query('alter table master set (autovacuum_enabled = off)');
});
afterAll(() => fixture.drop());

const addLines = (from: number, to: number) =>
  fixture.owner.query(
    `insert into master (tenant_id, kind, id, code, version, data)
     select 'akron', 'line', ('0190c0de-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid, 'L' || n, 1,
       jsonb_build_object('name', repeat('line ', 80))
     from generate_series($1::int, $2::int) n`,
    [from, to],
  );
const byId = (tx: Tx, n: number) => findMaster(tx, 'line', [rowId(n)]);
const byCode = (tx: Tx, n: number) => masterByCode(tx, 'line', [`L${n}`]);

/** The pages that the prepared statement reads for one line, by the plan that the connection uses at present. */
const pagesRead = (column: 'id' | 'code', value: string): Promise<number> =>
  database.transact('akron', async (tx) => {
    const [prepared] = await tx.query<{ name: string }>(
      "select name from pg_prepared_statements where statement like '%from master%' and statement like $1",
      [`%and ${column} = any(%`],
    );
    const [explained] = await tx.query<{ 'QUERY PLAN': [{ Plan: Record<string, number> }] }>(
      `explain (analyze, buffers, format json) execute ${prepared?.name}('akron', 'line', '{${value}}')`,
    );
    const plan = explained?.['QUERY PLAN'][0].Plan ?? {};
    return (plan['Shared Hit Blocks'] ?? NaN) + (plan['Shared Read Blocks'] ?? NaN);
  });
const pagesOfLookups = async () => [await pagesRead('id', rowId(LINES / 2)), await pagesRead('code', `L${LINES / 2}`)];

test('lookups that were planned before the first statistics read as few pages soon after a bulk as after vacuum analyze', async () => {
  await addLines(1, LINES);
  // PostgreSQL keeps a plan for all values from the sixth time on.
  for (let time = 1; time <= 10; time += 1)
    await database.transact('akron', async (tx) => {
      await byId(tx, time);
      await byCode(tx, time);
    });
  // The case is there: without statistics an index is chosen that finds all lines of the tenant.
  expect(Math.max(...(await pagesOfLookups()))).toBeGreaterThan(100);
  expect(await analyzeGrown(database)).toEqual(['master']);
  const soon = await pagesOfLookups();
  await fixture.owner.query('vacuum analyze');
  const later = await pagesOfLookups();
  for (const [place, pages] of soon.entries()) expect(pages).toBeLessThanOrEqual((later[place] as number) * 1.2);
});

/** What a service does for a tenant, after which its tables may have grown. */
const work = () => database.transact('akron', (tx) => byId(tx, 1));

test('a table is analyzed again when it has twice the size, not before', async () => {
  await work();
  expect(await analyzeGrown(database)).toEqual([]);
  await addLines(LINES + 1, LINES * 1.5);
  await work();
  expect(await analyzeGrown(database)).toEqual([]);
  await addLines(LINES * 1.5 + 1, LINES * 2.5);
  await work();
  expect(await analyzeGrown(database)).toEqual(['master']);
});

test('a service that has worked for no tenant since asks nothing', async () => {
  await analyzeGrown(database);
  await addLines(LINES * 2.5 + 1, LINES * 6);
  expect(await analyzeGrown(database)).toEqual([]);
});

test('several copies at once: one analyzes, and none fails', async () => {
  const copies = await Promise.all([fixture.open(), fixture.open(), fixture.open()]);
  const analyzed = await Promise.all(copies.map(analyzeGrown));
  expect(analyzed.flat()).toEqual(['master']);
});
