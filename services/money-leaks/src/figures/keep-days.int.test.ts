import { afterAll, beforeAll, expect, test } from '@jest/globals';
import {
  batchCompleted,
  batchStarted,
  countLogged,
  downtimeEnded,
  downtimeStarted,
  getLineOee,
} from '@plantops/contracts';
import { aBatch, aCount, aStop } from '@plantops/testing';
import { Database } from '@plantops/persistence';
import { tables } from '../database.ts';
import { Ledger } from '../ledger-fixture.ts';
import { lineWindows } from './windows.ts';
import { keepDays } from './keep-days.ts';
import { termsIn, together } from './terms-in.ts';

const NOW = '2026-06-10T12:00:00.000Z';
const day = (date: number, time: string) => `2026-06-${String(date).padStart(2, '0')}T${time}:00.000Z`;
let ledger: Ledger;
let database: Database;
beforeAll(async () => {
  ledger = await Ledger.start({ now: () => NOW });
  database = await Database.open({
    url: ledger.service.databaseUrl,
    ...tables,
    log: { info: () => {}, warn: () => {}, error: () => {} },
  });
});
afterAll(async () => {
  await database.close();
  await ledger.close();
});

const keptDates = async (line_id: string) => {
  const { rows } = await ledger.service.rows.query<{ date: string }>(
    "select distinct local_date::text as date from line_cell where line_id = $1 and local_date >= '2026-06-01' order by 1",
    [line_id],
  );
  return rows.map(({ date }) => Number(date.slice(-2)));
};

test('days that are over are kept before anyone asks; today, and days with something that still lasts, are not', async () => {
  const [line, stopped] = [await ledger.line(), await ledger.line()];
  await ledger.service.announce(
    downtimeEnded,
    aStop({ id: ledger.nextId(), line_id: line.id, start_time: day(3, '08:00'), end_time: day(3, '08:30') }),
  );
  await ledger.service.announce(
    downtimeStarted,
    aStop({ id: ledger.nextId(), line_id: stopped.id, start_time: day(8, '22:00'), end_time: null }),
  );
  await ledger.service.settled();
  await keepDays(database, NOW);
  expect(await keptDates(line.id)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
  expect(await keptDates(stopped.id)).toEqual([1, 2, 3, 4, 5, 6, 7]);
});

test('a fact deletes the kept days it changes, a long batch all of its days, and the figures are right at once', async () => {
  const line = await ledger.line({ ideal_cycle_seconds: 60 });
  const week = { id: line.id, from: day(1, '00:00'), to: day(9, '00:00') };
  const batch = aBatch({
    id: ledger.nextId(),
    line_id: line.id,
    product_id: null,
    started_at: day(4, '12:00'),
    completed_at: day(6, '12:00'),
    good_count: 100,
  });
  await ledger.service.announce(batchCompleted, batch);
  await ledger.service.settled();
  await keepDays(database, NOW);
  expect(await keptDates(line.id)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
  expect((await ledger.service.call(getLineOee, week)).terms).toMatchObject({ pbt_minutes: 2_880, apt_minutes: 2_880 });
  // Inside the batch's first day: its units move on all three.
  await ledger.service.announce(
    downtimeEnded,
    aStop({ id: ledger.nextId(), line_id: line.id, start_time: day(4, '13:00'), end_time: day(4, '14:00') }),
  );
  await ledger.service.settled();
  expect(await keptDates(line.id)).not.toEqual(expect.arrayContaining([5]));
  expect((await ledger.service.call(getLineOee, week)).terms).toMatchObject({
    pbt_minutes: 2_880,
    apt_minutes: 2_820,
    total_count: 100,
  });
  expect(await keptDates(line.id)).toEqual(expect.arrayContaining([4, 5, 6]));
});

test('a batch that cuts one nobody completed deletes all the kept days of that one, also where both begin at the same instant', async () => {
  for (const cut of [day(2, '06:00'), day(2, '07:00')]) {
    const line = await ledger.line();
    const week = { id: line.id, from: day(1, '00:00'), to: day(9, '00:00') };
    const batch = (number: string, from: string, to: string | null = null) =>
      aBatch({
        id: ledger.nextId(),
        line_id: line.id,
        batch_number: number,
        product_id: null,
        started_at: from,
        completed_at: to,
      });
    await ledger.service.announce(batchStarted, batch('B1', day(2, '06:00')));
    await ledger.service.announce(batchCompleted, batch('B3', day(8, '06:00'), day(8, '07:00')));
    await ledger.service.settled();
    await keepDays(database, NOW);
    expect((await ledger.service.call(getLineOee, week)).terms).toMatchObject({ pbt_minutes: 145 * 60 });
    await ledger.service.announce(batchCompleted, batch('B2', cut, day(2, '08:00')));
    await ledger.service.settled();
    expect((await ledger.service.call(getLineOee, week)).terms).toMatchObject({ pbt_minutes: 3 * 60 });
  }
});

test.each([
  // Local 17:00 on 4 June, in the shift that began on 3 June at 18:00: its first six hours are of 3 June.
  [
    'west of UTC, the kept day its shift began on',
    'Pacific/Honolulu',
    '18:00',
    '2026-06-05T03:00:00.000Z',
    '2026-06-03T10:00:00.000Z',
  ],
  // Local 08:00 on 4 June, in the shift that ends on 5 June at 06:00: its last six hours are of 5 June.
  [
    'east of UTC, the kept day its shift ends on',
    'Pacific/Auckland',
    '06:00',
    '2026-06-03T20:00:00.000Z',
    '2026-06-04T12:00:00.000Z',
  ],
])('a count that names no batch takes away, %s', async (_which, timezone, edge, counted, midnight) => {
  const shift = { name: 'round', start: edge, end: edge, breaks: [], weekdays: [1, 2, 3, 4, 5, 6, 7] };
  const calendars = [{ valid_from: null, timezone, exceptions: [], weekly: [shift] }];
  const line = await ledger.line({}, { timezone, calendars });
  const stop = aStop({
    id: ledger.nextId(),
    line_id: line.id,
    start_time: '2026-05-20T08:00:00.000Z',
    end_time: '2026-05-20T08:30:00.000Z',
  });
  await ledger.service.announce(downtimeEnded, stop);
  await ledger.service.settled();
  await keepDays(database, NOW);
  const to = new Date(Date.parse(midnight) + 86_400_000).toISOString();
  const busy = async () =>
    (await ledger.service.call(getLineOee, { id: line.id, from: midnight, to })).terms.pbt_minutes;
  expect(await busy()).toBe(0);
  const count = aCount({ id: ledger.nextId(), line_id: line.id, batch_id: null, batch_number: null, at: counted });
  await ledger.service.announce(countLogged, count);
  await ledger.service.settled();
  expect(await busy()).toBe(360);
});

test('past its deadline a question is not computed; kept days are answered at once', async () => {
  const line = await ledger.line();
  await ledger.service.announce(
    downtimeEnded,
    aStop({ id: ledger.nextId(), line_id: line.id, start_time: day(3, '08:00'), end_time: day(3, '08:30') }),
  );
  await ledger.service.settled();
  const window = { line_id: line.id, from: day(1, '00:00'), to: day(9, '00:00') };
  const ask = (deadline: number) =>
    database.transact('akron', async (tx) =>
      together(await termsIn(tx, await lineWindows(tx, window, NOW), NOW, { deadline })),
    );
  await expect(ask(Date.now() - 1)).rejects.toMatchObject({ code: 'service_unavailable' });
  const computed = await ask(Infinity);
  expect(computed.unplanned_stop_ms).toBe(1_800_000);
  expect(await ask(Date.now() - 1)).toEqual(computed);
});
