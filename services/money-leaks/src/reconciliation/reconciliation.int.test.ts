import { afterAll, beforeAll, expect, test } from '@jest/globals';
import {
  batchCompleted,
  countLogged,
  downtimeEnded,
  getReconciliation,
  scrapLogged,
  type BatchRow,
  type DowntimeRow,
  type LineRow,
} from '@plantops/contracts';
import { aBatch, aCount, aScrap, aStop, at } from '@plantops/testing';
import { Ledger, type OwnRows } from '../ledger-fixture.ts';

const NOON = '2026-06-03T12:00:00.000Z';

let ledger: Ledger;
/** What production and downtimes have in their own tables. */
const own: OwnRows = { made: [], stopped: [] };
let line: LineRow;
beforeAll(async () => {
  ledger = await Ledger.start({ own, now: () => NOON });
  line = await ledger.line({ hourly_cost: 300, ideal_cycle_seconds: 30 });
});
afterAll(() => ledger.close());

const asked = () => ledger.service.call(getReconciliation, { line_id: line.id, from: at('07:00'), to: at('08:00') });
const zero = { downtime_loss: 0, changeover_loss: 0, speed_loss: 0, scrap_loss: 0, quality_loss: 0, startup_loss: 0 };

test('the worked case "Open, then closed": the ledger holds what the owners’ rows give, leg by leg', async () => {
  const product = await ledger.product({ unit_cost: 1 });
  const of = { line_id: line.id, product_id: product.id };
  const batch: BatchRow = aBatch({
    ...of,
    id: ledger.nextId(),
    version: 2,
    completed_at: at('14:00'),
    good_count: 790,
    scrap_count: 20,
  });
  const stops = [
    aStop({ id: ledger.nextId(), line_id: line.id }),
    aStop({ id: ledger.nextId(), line_id: line.id, start_time: at('10:50'), end_time: at('11:05') }),
  ];
  const count = aCount({ ...of, id: ledger.nextId(), batch_id: batch.id, at: at('10:45'), good: 480, reject: 12 });
  const scrap = aScrap({ ...of, id: ledger.nextId(), batch_id: batch.id, at: at('10:46') });
  await ledger.service.announce(batchCompleted, batch);
  for (const stop of stops) await ledger.service.announce(downtimeEnded, stop);
  await ledger.service.announce(countLogged, count);
  await ledger.service.announce(scrapLogged, scrap);
  await ledger.service.settled();
  own.made.push({ kind: 'batch', row: batch }, { kind: 'count', row: count }, { kind: 'scrap', row: scrap });
  own.stopped.push(...stops.map((row) => ({ kind: 'stop' as const, row })));
  const legs = { ...zero, downtime_loss: 35, speed_loss: 40, scrap_loss: 10 };
  expect(await asked()).toMatchObject({
    // Widened to whole cells: the local day.
    effective_from: at('00:00'),
    effective_to: at('2026-03-03T00:00:00Z'),
    pbt_minutes: 480,
    good_minutes: 395,
    unposted_minutes: 0,
    source: legs,
    ledger: legs,
    imbalance_minutes: 0,
  });
});

test('a stop that the ledger never got shows, though the signed sum is the same', async () => {
  const withheld: DowntimeRow = aStop({
    id: ledger.nextId(),
    line_id: line.id,
    start_time: at('12:00'),
    end_time: at('12:20'),
  });
  own.stopped.push({ kind: 'stop', row: withheld });
  expect(await asked()).toMatchObject({
    source: { downtime_loss: 55, speed_loss: 20 },
    ledger: { downtime_loss: 35, speed_loss: 40 },
    imbalance_minutes: 40,
  });
  await ledger.service.announce(downtimeEnded, withheld);
  await ledger.service.settled();
  expect(await asked()).toMatchObject({ imbalance_minutes: 0, ledger: { downtime_loss: 55, speed_loss: 20 } });
});

test('rows on several pages are all read', async () => {
  own.pageSize = 1;
  expect(await asked()).toMatchObject({ imbalance_minutes: 0 });
});

test('more than a month at once is refused', async () => {
  const attempt = ledger.service.call(getReconciliation, {
    line_id: line.id,
    from: at('2026-01-01T00:00:00Z'),
    to: at('08:00'),
  });
  await expect(attempt).rejects.toMatchObject({ errors: [{ path: 'from' }] });
});

test('a batch that ended a little ahead of now, because clocks differ, balances as well', async () => {
  const ahead = await ledger.line({ ideal_cycle_seconds: 60 });
  const [began, ended] = [-20, 2].map((minutes) => new Date(Date.parse(NOON) + minutes * 60_000).toISOString());
  const batch = aBatch({
    id: ledger.nextId(),
    line_id: ahead.id,
    product_id: null,
    started_at: began as string,
    completed_at: ended as string,
    good_count: 5,
  });
  await ledger.service.announce(batchCompleted, batch);
  await ledger.service.settled();
  own.made = [{ kind: 'batch', row: batch }];
  own.stopped = [];
  const { imbalance_minutes, ledger: legs } = await ledger.service.call(getReconciliation, { line_id: ahead.id });
  expect([imbalance_minutes, legs.speed_loss]).toEqual([0, 17]);
});
