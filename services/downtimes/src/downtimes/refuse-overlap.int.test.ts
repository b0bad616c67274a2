import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { Database, type Tx } from '@plantops/persistence';
import { at, ServiceHarness } from '@plantops/testing';
import fc from 'fast-check';
import { readConfig } from '../config.ts';
import { tables } from '../database.ts';
import { start } from '../service.ts';
import { findOverlap, overlapsAnother } from './refuse-overlap.ts';

let downtimes: ServiceHarness;
let database: Database;
const log = { warn() {}, info() {}, error() {} };
beforeAll(async () => {
  downtimes = await ServiceHarness.start('downtimes', start, readConfig);
  database = await Database.open({ ...tables, url: downtimes.databaseUrl, log });
});
afterAll(async () => {
  await database.close();
  await downtimes.close();
});

const minute = (after: number) => at(`08:${String(after).padStart(2, '0')}`);
const aTime = fc.record({ from: fc.nat(50), lasts: fc.option(fc.integer({ min: 1, max: 9 })) });
const aStop = fc.record({ time: aTime, isVoided: fc.boolean() });
type Stop = { readonly time: { readonly from: number; readonly lasts: number | null }; readonly isVoided: boolean };
const endOf = ({ from, lasts }: Stop['time']) => (lasts === null ? null : minute(from + lasts));

async function insert(tx: Tx, line: string, { time, isVoided }: Stop): Promise<string> {
  const [start_time, end_time] = [minute(time.from), endOf(time)];
  const [row] = await tx.query<{ id: string }>(
    `insert into downtime (
       id, tenant_id, created_at, updated_at, created_by, updated_by, line_id, start_time, end_time, status,
       reason_category, is_planned, is_micro_stop, phase, source, voided_at, is_overlapping)
     select gen_random_uuid(), $1, now(), now(), 'x', 'x', $2, $3::timestamptz, $4::timestamptz, case when $4 is null then 'open' else 'ended' end,
       'other', false, false, 'production', 'manual', case when $5::boolean then now() end,
       exists (select from stops_over($2, tstzrange($3, $4)) where not is_overlapping)
     returning id`,
    [tx.tenant, line, start_time, end_time, isVoided],
  );
  return (row as { id: string }).id;
}

/** All stops of the line whose range overlaps the time, compared as ranges. */
async function byRange(tx: Tx, line: string, time: Stop['time'], except: string): Promise<boolean[]> {
  const rows = await tx.query<{ is_overlapping: boolean }>(
    'select is_overlapping from stops_over($1, tstzrange($2, $3)) where id <> $4',
    [line, minute(time.from), endOf(time), except],
  );
  return rows.map(({ is_overlapping }) => is_overlapping);
}

test('a stop that covers part of a time is found exactly where their ranges overlap', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(aStop, { minLength: 1, maxLength: 12 }), aTime, fc.nat(), async (stops, time, pick) => {
      await database.transact('akron', async (tx) => {
        const line = randomUUID();
        const ids: string[] = [];
        for (const stop of stops) ids.push(await insert(tx, line, stop));
        const except = ids[pick % ids.length] as string;
        const asked = { line_id: line, start_time: minute(time.from), end_time: endOf(time) };
        const overlapping = await byRange(tx, line, time, except);
        expect((await findOverlap(tx, asked, except)) !== undefined).toBe(overlapping.length > 0);
        expect(await overlapsAnother(tx, { ...asked, source: 'event' }, except)).toBe(overlapping.includes(false));
      });
    }),
    { numRuns: 150 },
  );
});
