import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { downtimeAmended, getByCategory, type DowntimeRow } from '@plantops/contracts';
import { shuffled } from '@plantops/testing';
import fc from 'fast-check';
import { Ledger } from '../ledger-fixture.ts';
import { anyTape, END, START } from './any-tape.ts';
import { announceAll, cellsOfDays, foundPlants, netHashes, type ReportedPlant } from './plants.ts';

const PLANTS = Number(process.env['PLANTOPS_PROPERTY_PLANTS'] ?? 150);
const SEED = Number(process.env['PLANTOPS_PROPERTY_SEED'] ?? 20_261_123);
const MIXED_IN = 5;
const BEFORE = '2026-03-20T00:00:00.000Z';
const AFTER = '2026-03-21T00:00:00.000Z';

let ledger: Ledger;
let clock = BEFORE;
/** Reported in order: first every fact, then, a day later, the corrections. */
let inOrder: ReportedPlant[];
/** The same plants, every event twice and in any order, with questions in between. */
let mixedUp: ReportedPlant[];
let firstReport: unknown;
const window = { from: new Date(START).toISOString(), to: new Date(END).toISOString() };
const report = (as_of?: string) =>
  ledger.service.call(getByCategory, { ...window, ...(as_of === undefined ? {} : { as_of }) });

beforeAll(async () => {
  process.stdout.write(`${PLANTS} plants, seed ${SEED} (PLANTOPS_PROPERTY_SEED, PLANTOPS_PROPERTY_PLANTS)\n`);
  ledger = await Ledger.start({ now: () => clock });
  const tapes = fc.sample(anyTape, { numRuns: PLANTS, seed: SEED });
  inOrder = await foundPlants(ledger, tapes);
  const all = inOrder.flatMap(({ reports }) => reports);
  await announceAll(
    ledger,
    all.filter(({ first }) => first),
  );
  await ledger.service.settled(60_000);
  firstReport = await report();
  clock = AFTER;
  await announceAll(
    ledger,
    all.filter(({ first }) => !first),
  );
  mixedUp = await foundPlants(ledger, tapes);
  const twice = mixedUp.flatMap(({ reports }) => [...reports, ...reports]);
  const mixed = shuffled(twice, SEED);
  const size = Math.ceil(mixed.length / MIXED_IN);
  for (let part = 0; part < MIXED_IN; part += 1) {
    await announceAll(ledger, mixed.slice(part * size, (part + 1) * size));
    await ledger.service.settled(60_000);
    await cellsOfDays(
      ledger,
      mixedUp.filter((_, index) => index % MIXED_IN === part),
    );
  }
}, 240_000);
afterAll(() => ledger.close());

/** The smallest tape of the plants whose content differs: what to look at. */
const differing = <T>(one: readonly T[], other: readonly T[]) =>
  inOrder
    .flatMap(({ tape, reports }, index) =>
      JSON.stringify(one[index]) === JSON.stringify(other[index]) ? [] : [{ index, tape, size: reports.length }],
    )
    .sort((a, b) => a.size - b.size)
    .slice(0, 1);

test('events in any order, each twice and as late as they like, give the same net ledger', async () => {
  expect(differing(await netHashes(ledger, inOrder), await netHashes(ledger, mixedUp))).toEqual([]);
});

test('days that were kept, and asked for between any two events, are what the facts give', async () => {
  const kept = await cellsOfDays(ledger, mixedUp);
  await ledger.service.rows.query('delete from line_cell');
  const fresh = await cellsOfDays(ledger, mixedUp);
  const cellsOf = (cells: Map<string, string>) => mixedUp.map(({ line }) => cells.get(line.id));
  expect(fresh.size).toBeGreaterThan(PLANTS / 2);
  expect(differing(cellsOf(kept), cellsOf(fresh))).toEqual([]);
}, 120_000);

test('the report as of an instant before the corrections is the one that was given then', async () => {
  expect(await report(BEFORE)).toEqual(firstReport);
  expect(await report()).not.toEqual(firstReport);
});

test('units of an hour are those of its counts and scrap, whatever was reported of them before', async () => {
  const { rows } = await ledger.service.rows.query(
    `with units as (
       select line_id, product_id, hour, good, rejected, scrapped from unit_hour
       union all
       select line_id, product_id, date_trunc('hour', began, 'UTC'),
         -coalesce((data->>'good')::numeric, 0),
         -coalesce((data->>'reject')::numeric, 0),
         case
           when data->>'disposition' = 'scrap' and data->>'phase' = 'production' then -(data->>'quantity')::numeric
           else 0
         end
       from fact
       where kind in ('count', 'scrap') and data->>'voided_at' is null)
     select line_id, product_id, hour
     from units
     group by 1, 2, 3
     having sum(good) <> 0 or sum(rejected) <> 0 or sum(scrapped) <> 0`,
  );
  expect(rows).toEqual([]);
  expect(
    (await ledger.service.rows.query('select from unit_hour where good > 0 and rejected > 0')).rowCount,
  ).toBeGreaterThan(0);
});

test('kept sums are the sums of the rows', async () => {
  const { rows } = await ledger.service.rows.query<{
    category: string;
    total: string;
    avoidable: string;
    count: string;
  }>(
    `select category, round(sum(amount), 2) as total,
       round(coalesce(sum(amount) filter (where is_avoidable), 0), 2) as avoidable,
       sum(case when reverses_id is null then 1 else -1 end) as count
     from money_leak
     where occurred_from >= $1 and occurred_from < $2
     group by category`,
    [window.from, window.to],
  );
  const { items } = await report();
  const sums = items.map(({ category, total, avoidable_total, count }) => ({
    category,
    total,
    avoidable: avoidable_total,
    count,
  }));
  const byCategory = (a: { category: string }, b: { category: string }) => a.category.localeCompare(b.category);
  const added = rows.map((row) => ({
    ...row,
    total: Number(row.total),
    avoidable: Number(row.avoidable),
    count: Number(row.count),
  }));
  expect(sums.toSorted(byCategory)).toEqual(added.toSorted(byCategory));
});

test('shares add up to 100', async () => {
  const { items } = await report();
  expect(items.length).toBeGreaterThan(4);
  expect(items.reduce((sum, { percentage }) => sum + Math.round((percentage ?? 0) * 100), 0)).toBe(10_000);
});

test('no amount is negative but in reversals', async () => {
  const { rows } = await ledger.service.rows.query(
    'select * from money_leak where (amount < 0) <> (reverses_id is not null) and amount <> 0 limit 1',
  );
  expect(rows).toEqual([]);
});

test('a correction followed by its opposite leaves the net ledger as it was', async () => {
  const before = await netHashes(ledger, mixedUp);
  const stops = mixedUp.flatMap(({ reports }) => {
    const ended = reports.findLast(
      ({ event, data }) => event.type.startsWith('downtime.') && (data as DowntimeRow).voided_at === null,
    );
    return ended ? [ended.data as DowntimeRow] : [];
  });
  const amended = (stop: DowntimeRow, version: number, fields: Partial<DowntimeRow>) => ({
    event: downtimeAmended,
    data: { ...stop, version, ...fields },
  });
  await announceAll(
    ledger,
    stops.map((stop) =>
      amended(stop, 8, {
        reason_category: 'changeover',
        end_time: new Date(Date.parse(stop.start_time) + 5_000_000).toISOString(),
      }),
    ),
  );
  await ledger.service.settled(60_000);
  expect(differing(await netHashes(ledger, mixedUp), before)).not.toEqual([]);
  await announceAll(
    ledger,
    stops.map((stop) => amended(stop, 9, {})),
  );
  await ledger.service.settled(60_000);
  // Stops that had been taken back stand again; those plants are left out.
  const neverVoided = mixedUp.map(({ reports }) => reports.every(({ event }) => event.type !== 'downtime.voided'));
  const kept = (hashes: readonly string[]) => hashes.filter((_, index) => neverVoided[index]);
  expect(kept(await netHashes(ledger, mixedUp))).toEqual(kept(before));
}, 120_000);
