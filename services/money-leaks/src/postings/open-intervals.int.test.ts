import { afterAll, beforeAll, expect, test } from '@jest/globals';
import {
  batchCancelled,
  batchStarted,
  downtimeStarted,
  downtimeVoided,
  downtimeEnded,
  scrapLogged,
  stateChanged,
  type DowntimeRow,
  type LineRow,
} from '@plantops/contracts';
import { aBatch, aScrap, aStateReport, aStop } from '@plantops/testing';
import { Ledger } from '../ledger-fixture.ts';

const NOON = '2026-06-03T12:00:00.000Z';

let ledger: Ledger;
let product_id: string;
beforeAll(async () => {
  ledger = await Ledger.start({ now: () => NOON });
  product_id = (await ledger.product({ unit_cost: 1 })).id;
});
afterAll(() => ledger.close());

const minutesAgo = (minutes: number) => new Date(Date.parse(NOON) - minutes * 60_000).toISOString();
const scrapOn = (line: LineRow) =>
  aScrap({ id: ledger.nextId(), line_id: line.id, product_id, quantity: 5, at: minutesAgo(10) });
const openStop = (line: LineRow): DowntimeRow =>
  aStop({ id: ledger.nextId(), line_id: line.id, start_time: minutesAgo(30), end_time: null });
const scrapMinutes = async (line: LineRow) =>
  (await ledger.net(line.id)).filter(({ rule }) => rule === 'scrap').map(({ time_minutes }) => time_minutes);
type Report = [typeof scrapLogged, ReturnType<typeof aScrap>] | [typeof downtimeStarted, DowntimeRow];
const report = async (...reports: readonly Report[]) => {
  for (const [event, row] of reports) {
    await ledger.service.announce(event as typeof downtimeStarted, row as DowntimeRow);
    await ledger.service.settled();
  }
};

test('what was scrapped while a stop is open took machine time, whichever of the two was reported first', async () => {
  // At a cycle of 60 s five units are five minutes. The stop makes the time busy that they lie in.
  const [one, other] = [await ledger.line({ ideal_cycle_seconds: 60 }), await ledger.line({ ideal_cycle_seconds: 60 })];
  await report([scrapLogged, scrapOn(one)], [downtimeStarted, openStop(one)]);
  await report([downtimeStarted, openStop(other)], [scrapLogged, scrapOn(other)]);
  expect([await scrapMinutes(one), await scrapMinutes(other)]).toEqual([[5], [5]]);
});

test('an open stop that is voided takes that time with it', async () => {
  const line = await ledger.line({ ideal_cycle_seconds: 60 });
  const stop = openStop(line);
  await report([downtimeStarted, stop], [scrapLogged, scrapOn(line)]);
  await ledger.service.announce(downtimeVoided, { ...stop, version: 2, voided_at: minutesAgo(1), void_reason: 'x' });
  await ledger.service.settled();
  expect(await scrapMinutes(line)).toEqual([0]);
});

test('so does a running batch that turns out to have ended before', async () => {
  const line = await ledger.line({ ideal_cycle_seconds: 60 });
  const batch = aBatch({ id: ledger.nextId(), line_id: line.id, product_id, started_at: minutesAgo(60) });
  await ledger.service.announce(batchStarted, batch);
  await report([scrapLogged, scrapOn(line)]);
  expect(await scrapMinutes(line)).toEqual([5]);
  await ledger.service.announce(batchCancelled, {
    ...batch,
    version: 2,
    status: 'cancelled',
    cancelled_at: minutesAgo(20),
  });
  await ledger.service.settled();
  expect(await scrapMinutes(line)).toEqual([0]);
});

test('scrap of a batch that runs on moves when a planned stop long before it is voided', async () => {
  const line = await ledger.line({ ideal_cycle_seconds: 60 });
  const batch = aBatch({ id: ledger.nextId(), line_id: line.id, product_id, started_at: minutesAgo(600) });
  await ledger.service.announce(batchStarted, batch);
  const planned = (from: number, to: number) =>
    aStop({
      id: ledger.nextId(),
      line_id: line.id,
      start_time: minutesAgo(from),
      end_time: minutesAgo(to),
      is_planned: true,
    });
  const [voided, stays] = [planned(360, 240), planned(240, 60)];
  for (const stop of [voided, stays]) await ledger.service.announce(downtimeEnded, stop);
  const scrap = aScrap({
    id: ledger.nextId(),
    line_id: line.id,
    product_id,
    batch_id: batch.id,
    quantity: 5,
    at: minutesAgo(120),
  });
  await report([scrapLogged, scrap]);
  const lies = async () =>
    (await ledger.net(line.id)).filter(({ rule }) => rule === 'scrap').map(({ occurred_from }) => occurred_from);
  const justBefore = (minutes: number) => new Date(Date.parse(minutesAgo(minutes)) - 1).toISOString();
  expect(await lies()).toEqual([justBefore(360)]);
  await ledger.service.announce(downtimeVoided, { ...voided, version: 2, voided_at: minutesAgo(1), void_reason: 'x' });
  await ledger.service.settled();
  expect(await lies()).toEqual([justBefore(240)]);
});

test('scrap of no batch took machine time where a state of two days before, reported late, says that the line was running', async () => {
  const line = await ledger.line({ ideal_cycle_seconds: 60 });
  await report([scrapLogged, scrapOn(line)]);
  expect(await scrapMinutes(line)).toEqual([0]);
  await ledger.service.announce(
    stateChanged,
    aStateReport({ id: ledger.nextId(), line_id: line.id, at: minutesAgo(2_880), state: 'running' }),
  );
  await ledger.service.settled();
  expect(await scrapMinutes(line)).toEqual([5]);
});
