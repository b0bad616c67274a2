import { afterAll, beforeAll, expect, test } from '@jest/globals';
import {
  batchCompleted,
  countLogged,
  countVoided,
  downtimeEnded,
  getLossFigures,
  scrapLogged,
  type LineRow,
} from '@plantops/contracts';
import { aBatch, aCount, aScrap, aStop } from '@plantops/testing';
import { Ledger } from '../ledger-fixture.ts';

let ledger: Ledger;
beforeAll(async () => {
  ledger = await Ledger.start({ now: () => iso(hour + 20 * 60_000) });
});
afterAll(() => ledger.close());

const HOUR = 3_600_000;
const hour = Date.parse('2026-06-03T09:00:00Z');
const iso = (ms: number) => new Date(ms).toISOString();
const figures = (line: LineRow) => ledger.service.call(getLossFigures, { line_id: line.id });
const counted = (line: LineRow, hoursAgo: number, good: number, reject: number) =>
  ledger.service.announce(
    countLogged,
    aCount({
      id: ledger.nextId(),
      line_id: line.id,
      batch_id: null,
      batch_number: null,
      at: iso(hour - hoursAgo * HOUR),
      good,
      reject,
    }),
  );

/** Twenty-five hours with five rejects in a hundred. */
const withHistory = async (): Promise<LineRow> => {
  const line = await ledger.line();
  for (let hoursAgo = 2; hoursAgo <= 26; hoursAgo += 1) await counted(line, hoursAgo, 190, 10);
  return line;
};

test('scrap beyond the line’s own limit alerts: of 200 units 20 rejects do, 19 do not', async () => {
  const [spiking, quiet] = [await withHistory(), await withHistory()];
  await counted(spiking, 0, 180, 20);
  await counted(quiet, 0, 181, 19);
  await ledger.service.settled();
  expect((await figures(spiking)).scrap_spikes).toMatchObject([
    { line_id: spiking.id, rejects: 20, made: 200, value: 0.1, hour: iso(hour) },
  ]);
  expect((await figures(spiking)).scrap_spikes[0]?.limit).toBeCloseTo(0.096233, 6);
  expect((await figures(quiet)).scrap_spikes).toEqual([]);
});

test('fewer than five rejects in an hour alert nobody, however few units they are of', async () => {
  const [five, four] = [await withHistory(), await withHistory()];
  await counted(five, 0, 15, 5);
  await counted(four, 0, 12, 4);
  await ledger.service.settled();
  expect((await figures(five)).scrap_spikes).toMatchObject([{ rejects: 5, made: 20 }]);
  expect((await figures(four)).scrap_spikes).toEqual([]);
});

test('a spike that was a mistake does not alert: voided counts are left out, and scrap that was counted and logged counts once', async () => {
  const line = await withHistory();
  const count = aCount({
    id: ledger.nextId(),
    line_id: line.id,
    batch_id: null,
    batch_number: null,
    at: iso(hour),
    good: 180,
    reject: 20,
  });
  await ledger.service.announce(countLogged, count);
  // The same rejects, logged as scrap as well.
  const units = { line_id: line.id, batch_id: null, batch_number: null, quantity: 20, at: iso(hour) };
  await ledger.service.announce(scrapLogged, aScrap({ ...units, id: ledger.nextId() }));
  await ledger.service.settled();
  expect((await figures(line)).scrap_spikes).toMatchObject([{ rejects: 20, made: 200 }]);
  await ledger.service.announce(countVoided, { ...count, version: 2, voided_at: iso(hour), void_reason: 'x' });
  await ledger.service.settled();
  expect((await figures(line)).scrap_spikes[0]?.made ?? 20).toBe(20);
});

const stopped = ({ id: line_id }: LineRow, hoursAgo: number, minutes: number) =>
  ledger.service.announce(
    downtimeEnded,
    aStop({
      id: ledger.nextId(),
      line_id,
      start_time: iso(hour - hoursAgo * HOUR),
      end_time: iso(hour - hoursAgo * HOUR + minutes * 60_000),
    }),
  );

test('money that is lost several times faster than usual alerts, with what is usual', async () => {
  const line = await ledger.line({ hourly_cost: 600 });
  const stop = (hoursAgo: number, minutes: number) => stopped(line, hoursAgo, minutes);
  for (let hoursAgo = 2; hoursAgo < 50; hoursAgo += 2) await stop(hoursAgo, 7);
  await ledger.service.settled();
  expect((await figures(line)).burn_rates).toEqual([]);
  await stop(1, 50);
  await ledger.service.settled();
  // 24 stops of 70 dollars in the week's 168 hours: 20 in two hours.
  expect((await figures(line)).burn_rates).toEqual([
    { line_id: line.id, since: iso(hour - HOUR), amount_usd: 500, usual_usd: 20 },
  ]);
});

test('what is usual is that of the 168 hours before: the first of them counts, the one before it does not', async () => {
  const [within, before] = [await ledger.line({ hourly_cost: 600 }), await ledger.line({ hourly_cost: 600 })];
  await stopped(within, 1 + 168, 42);
  await stopped(before, 1 + 169, 42);
  for (const line of [within, before]) {
    await stopped(line, 1 + 24, 42);
    await stopped(line, 1, 50);
  }
  await ledger.service.settled();
  // 42 minutes are 420 dollars, which is 5 in two hours of the week.
  expect((await figures(within)).burn_rates).toMatchObject([{ amount_usd: 500, usual_usd: 10 }]);
  expect((await figures(before)).burn_rates).toMatchObject([{ amount_usd: 500, usual_usd: 5 }]);
});

test('units at a time at which nothing says that the line was busy alert', async () => {
  const line = await ledger.line();
  const batch = aBatch({
    id: ledger.nextId(),
    line_id: line.id,
    started_at: iso(hour),
    completed_at: iso(hour + 5 * 60_000),
    status: 'completed',
    good_count: 10,
  });
  await ledger.service.announce(batchCompleted, batch);
  await counted(line, 3, 0, 0);
  await ledger.service.settled();
  expect((await figures(line)).unplaced_units).toEqual([]);
  await ledger.service.announce(
    countLogged,
    aCount({
      id: ledger.nextId(),
      line_id: line.id,
      batch_id: null,
      batch_number: null,
      at: iso(hour + 15 * 60_000),
      good: 4,
    }),
  );
  await ledger.service.settled();
  expect((await figures(line)).unplaced_units).toMatchObject([{ line_id: line.id, units: 4 }]);
});
